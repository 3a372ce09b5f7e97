package org.conv4j.keras.file;

import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.Tensor;

/**
 * One weight of a {@link ModelFile}, read on demand. Nothing is read for a weight that nobody asks
 * for, such as the state of a random generator. Not thread-safe, like its file.
 */
public final class SavedWeight {
  private final String name;
  private final WeightSource source;
  private final OpenFile owner;
  private Tensor tensor;

  SavedWeight(String name, WeightSource source, OpenFile owner) {
    this.name = name;
    this.source = source;
    this.owner = owner;
  }

  /**
   * Returns the name in the file.
   *
   * @return in a {@link WeightTree} the position in its group, else what Keras called the variable
   */
  public String name() {
    return name;
  }

  /**
   * Returns the shape.
   *
   * @return the shape, without dimensions for a scalar
   * @throws org.conv4j.error.MalformedFileException if no tensor can have it
   */
  public Shape shape() {
    owner.requireOpen();
    return source.shape();
  }

  /**
   * Returns how the file stores the elements; quantised ones as what they stand for.
   *
   * @return the type
   * @throws org.conv4j.error.MalformedFileException if the elements are no numbers
   */
  public ElementType elementType() {
    owner.requireOpen();
    return source.elementType();
  }

  /**
   * Returns the elements. The first call reads them; narrower types are widened to float32, float64
   * is kept, integers of 32 and 64 bits become float64.
   *
   * @return a tensor that belongs to the {@link ModelFile}: it is closed with it
   * @throws org.conv4j.error.MalformedFileException if the data are damaged or incomplete
   * @throws org.conv4j.error.ShapeMismatchException if the array is too large for a tensor
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   * @throws IllegalStateException if the file is closed
   */
  public Tensor tensor() {
    owner.requireOpen();
    if (tensor == null) {
      tensor = owner.keep(source.read());
    }
    return tensor;
  }

  @Override
  public String toString() {
    return name;
  }
}
