package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.Region;
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
        FunctionCall,
        Gather,
        MatMul,
        Normalization,
        Pad,
        Permute,
        Prelu,
        Recurrence,
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
   * Calls the visitor's method for this kind of op. Code that has an answer for each kind tells ops
   * apart so: a new kind does not compile before it has one.
   *
   * @param <R> the type of the answer
   * @param visitor who answers
   * @return the answer
   */
  <R> R accept(OpVisitor<R> visitor);

  /**
   * Returns what a part of the output is computed from.
   *
   * @param index which of the inputs
   * @param output a part of the output, not empty
   * @return a box of that input that holds everything that is read, padding apart; empty if that is
   *     nothing. Along an axis that the part is not cut along, the box is not cut either.
   */
  Region reads(int index, Region output);

  /**
   * Returns the weights that a part of the output is computed with.
   *
   * @param index which of the constants
   * @param output a part of the output, not empty
   * @return a box of that constant that holds all of them
   */
  default Region readsConstant(int index, Region output) {
    return Region.of(constants().get(index));
  }

  /**
   * Returns the op that computes a part of the output from what {@link #reads} and {@link
   * #readsConstant} tell, and from nothing else. It may be a band of rows, a block of filters or
   * some of the examples of a batch.
   *
   * @param output a part of the output, not empty
   * @return the op, or nothing if there is none of this kind
   */
  Optional<Op> on(Region output);

  /**
   * Returns the op that computes one of several equal parts of this one's output, cut along the
   * first axis, from the same parts of its inputs: what this op does to some of the examples of a
   * batch. An input whose first extent is 1 is read whole by every part, and so are the constants.
   *
   * @param parts how many
   * @return the op, or nothing if the first axis cannot be cut so, or its elements depend on those
   *     of other parts
   */
  default Optional<Op> part(int parts) {
    if (part(output(), parts).isEmpty()) {
      return Optional.empty();
    }
    // What is read moves with what is written: where it fits the first and the last part, it fits
    // all between them.
    Optional<Op> first = part(0, parts);
    return first.equals(part(parts - 1, parts)) ? first : Optional.empty();
  }

  private Optional<Op> part(int index, int parts) {
    Region some = part(Region.of(output()), index, parts);
    for (int i = 0; i < inputs().size(); i++) {
      Shape shape = inputs().get(i);
      boolean shared = shape.dim(0) == 1;
      if (!shared && shape.dim(0) % parts != 0) {
        return Optional.empty();
      }
      Region whole = Region.of(shape);
      if (!reads(i, some).equals(shared ? whole : part(whole, index, parts))) {
        return Optional.empty();
      }
    }
    for (int i = 0; i < constants().size(); i++) {
      if (!readsConstant(i, some).equals(Region.of(constants().get(i)))) {
        return Optional.empty();
      }
    }
    return on(some);
  }

  private static Region part(Region whole, int index, int parts) {
    long size = whole.extent(0) / parts;
    return whole.with(0, index * size, (index + 1) * size);
  }

  /**
   * Cuts a shape along its first axis.
   *
   * @param shape the shape
   * @param parts how many parts, at least 1
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
