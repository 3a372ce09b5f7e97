package org.conv4j.keras.file;

import org.conv4j.keras.hdf5.Hdf5Dataset;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.Tensor;

/** Where one weight comes from. */
interface WeightSource {
  Shape shape();

  ElementType elementType();

  /** Reads the elements into a new tensor, which the caller closes. */
  Tensor read();

  static WeightSource of(Hdf5Dataset dataset) {
    return new WeightSource() {
      @Override
      public Shape shape() {
        return dataset.shape();
      }

      @Override
      public ElementType elementType() {
        return dataset.elementType();
      }

      @Override
      public Tensor read() {
        return dataset.read();
      }
    };
  }
}
