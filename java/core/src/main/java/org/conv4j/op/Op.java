package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.Shape;

/**
 * One operation with everything about it resolved: shapes, padding, groups. What it computes is
 * defined by the loops of the reference engine.
 *
 * <p>An op that exists is a legal one: what does not fit together is refused when it is made, with
 * an {@link org.conv4j.error.InvalidLayerException} or a {@link
 * org.conv4j.error.ShapeMismatchException}. Engines check nothing of it again.
 */
public sealed interface Op
    permits Activated,
        Windowed,
        Concat,
        MatMul,
        Normalization,
        Pad,
        Permute,
        Prelu,
        Reduction,
        Resize,
        Slice,
        Softmax {
  /**
   * Returns the shape of what it reads, or of the first of several inputs.
   *
   * @return the first input's shape
   */
  Shape input();

  /**
   * Returns the shapes of everything that it reads, weights apart.
   *
   * @return the inputs' shapes, at least one
   */
  default List<Shape> inputs() {
    return List.of(input());
  }

  /**
   * Returns the shape that it writes.
   *
   * @return the output's shape
   */
  Shape output();

  /**
   * Returns the shapes of its weights. This is the one place that says so: steps and engines hold
   * the constants that they are given against it.
   *
   * @return the shapes, in the order in which engines are given the constants
   */
  default List<Shape> constants() {
    return List.of();
  }

  /**
   * Returns how much arithmetic it does.
   *
   * @return floating-point operations; a multiply-add counts as two; no more than the largest
   *     {@code long}
   */
  long flops();

  /**
   * Calls the visitor's method for this kind of op. The way to tell ops apart for whoever has an
   * answer for each of them: a new kind does not compile before it has one.
   *
   * @param <R> the type of the answer
   * @param visitor who answers
   * @return the answer
   */
  <R> R accept(OpVisitor<R> visitor);

  /**
   * Returns the op that computes one of several equal parts of this one's output, cut along the
   * first axis, from the same parts of its inputs: what this op does to some of the examples of a
   * batch. An input whose first extent is 1 is read whole by every part. The constants stay as they
   * are.
   *
   * @param parts how many, at least 2
   * @return the op, or nothing if the first axis cannot be cut so, or its elements depend on those
   *     of other parts
   */
  Optional<Op> part(int parts);

  /**
   * Cuts a shape along its first axis.
   *
   * @param shape the shape
   * @param parts how many parts, at least 2
   * @return the shape of one part, or nothing if they would not be equal
   * @throws InvalidLayerException if there are no parts
   */
  static Optional<Shape> part(Shape shape, int parts) {
    if (parts < 1) {
      throw new InvalidLayerException("A batch has at least 1 part; given " + parts + ".");
    }
    return shape.rank() > 0 && shape.dim(0) % parts == 0
        ? Optional.of(shape.withDim(0, shape.dim(0) / parts))
        : Optional.empty();
  }
}
