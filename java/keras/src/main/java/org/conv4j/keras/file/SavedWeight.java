package org.conv4j.keras.file;

import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;
import org.conv4j.weights.Constant;

/**
 * One weight of a {@link ModelFile}, read on demand. Nothing is read for a weight that nobody asks
 * for, such as the state of a random generator. Not thread-safe, like its file.
 */
public final class SavedWeight {
  private final String name;
  private final WeightSource source;
  private final OpenFile owner;
  private Constant constant;

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
   * Returns the elements: narrower types widened to float32, float64 as it is, integers of 32 and
   * 64 bits as float64. Those that lie in the file in one piece are read anew each time they are
   * asked for, so that a model takes no memory until it is compiled; others are read by the first
   * call.
   *
   * @return numbers that can be read, by any thread, until the {@link ModelFile} is closed; reading
   *     them throws {@link org.conv4j.error.MalformedFileException} if the file was changed
   *     meanwhile, {@link org.conv4j.error.FileAccessException} if it cannot be read, and {@link
   *     IllegalStateException} if it is closed
   * @throws org.conv4j.error.MalformedFileException if the data are damaged or incomplete
   * @throws org.conv4j.error.ShapeMismatchException if the array is too large for a tensor
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   * @throws IllegalStateException if the file is closed
   */
  public Constant constant() {
    owner.requireOpen();
    if (constant == null) {
      constant = source.open(owner);
    }
    return constant;
  }

  /**
   * Returns this weight with its dimensions in another order.
   *
   * @param axes for each dimension of the result, which of this weight's it is
   * @return a weight of the same file, rearranged each time it is read
   */
  public SavedWeight permute(IntTuple axes) {
    return new SavedWeight(name, new RearrangedSource(source, shape().permute(axes), axes), owner);
  }

  /**
   * Returns this weight with the same elements in another shape.
   *
   * @param shape a shape of as many elements
   * @return a weight of the same file
   */
  public SavedWeight reshape(Shape shape) {
    return new SavedWeight(name, new RearrangedSource(source, shape, null), owner);
  }

  @Override
  public String toString() {
    return name;
  }
}
