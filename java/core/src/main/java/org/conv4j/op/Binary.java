package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * A function of two tensors, element by element, then an element-wise function of the result.
 *
 * <p>Both inputs have the same rank. Where one of them has extent 1 and the other has not, its
 * element is used for all of the other's.
 *
 * @param left the first operand
 * @param right the second operand
 * @param function what is computed
 * @param activation applied last
 */
public record Binary(Shape left, Shape right, BinaryFunction function, Elementwise activation)
    implements Activated {

  /**
   * Checks that the shapes fit together.
   *
   * @param left see {@link #left}
   * @param right see {@link #right}
   * @param function see {@link #function}
   * @param activation see {@link #activation}
   */
  public Binary {
    OpChecks.present(left, Binary.class, "left operand");
    OpChecks.present(right, Binary.class, "right operand");
    OpChecks.present(function, Binary.class, "function");
    OpChecks.present(activation, Binary.class, "activation");
    broadcast(left, right);
  }

  @Override
  public Shape input() {
    return left;
  }

  @Override
  public List<Shape> inputs() {
    return List.of(left, right);
  }

  @Override
  public Shape output() {
    return broadcast(left, right);
  }

  @Override
  public Binary withActivation(Elementwise function) {
    return new Binary(left, right, this.function, function);
  }

  @Override
  public long flops() {
    return output().elementCount();
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    return OpChecks.shared(index == 0 ? left : right, output);
  }

  @Override
  public Optional<Op> on(Region output) {
    Shape first = reads(0, output).shape();
    Shape second = reads(1, output).shape();
    return Optional.of(new Binary(first, second, function, activation));
  }

  private static Shape broadcast(Shape left, Shape right) {
    if (left.rank() != right.rank()) {
      throw mismatch(left, right);
    }
    long[] dims = new long[left.rank()];
    for (int axis = 0; axis < dims.length; axis++) {
      if (left.dim(axis) != right.dim(axis) && left.dim(axis) != 1 && right.dim(axis) != 1) {
        throw mismatch(left, right);
      }
      dims[axis] = Math.max(left.dim(axis), right.dim(axis));
    }
    return Shape.of(dims);
  }

  private static ShapeMismatchException mismatch(Shape left, Shape right) {
    return new ShapeMismatchException(
        "The shapes " + left + " and " + right + " cannot be combined element by element.");
  }
}
