package org.conv4j.keras.file;

import org.conv4j.keras.hdf5.Hdf5Dataset;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;
import org.conv4j.weights.Constant;

/** Where one weight comes from. */
interface WeightSource {
  Shape shape();

  ElementType elementType();

  /** Finds the elements, which can be read for as long as the file is open. */
  Constant open(OpenFile owner);

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
      public Constant open(OpenFile owner) {
        return dataset
            .elements()
            .map(elements -> owner.stored(elements.shape(), elements::read))
            .orElseGet(() -> new Constant.Given(owner.keep(dataset.read())));
      }
    };
  }
}
