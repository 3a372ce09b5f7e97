package org.conv4j.layer.operation;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Constant;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.MatMul;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;

/**
 * {@code left @ right}: products of the matrices on the last two axes. The axes before them are
 * equal, or one operand is a single matrix.
 *
 * @param name the layer's name
 * @param left the first operand if it is constant, else null
 * @param right the second operand if it is constant, else null
 */
public record Matmul(String name, Constant left, Constant right) implements Operation {
  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param left see {@link #left}
   * @param right see {@link #right}
   */
  public Matmul {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public int arity() {
    return (left == null ? 1 : 0) + (right == null ? 1 : 0);
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Iterator<Shape> next = inputs.iterator();
    Shape first = left == null ? next.next() : left.shape();
    Shape second = right == null ? next.next() : right.shape();
    return output(first, matMul(first, second));
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Iterator<Value> next = inputs.iterator();
    Value first = left == null ? next.next() : lowering.constant(left);
    Value second = right == null ? next.next() : lowering.constant(right);
    MatMul op = matMul(first.shape(), second.shape());
    List<Value> operands =
        List.of(
            lowering.reshape(name, first, op.left()), lowering.reshape(name, second, op.right()));
    Value product = lowering.append(name, op, operands, List.of(), DataFormat.CHANNELS_LAST);
    return lowering.reshape(name, product, output(first.shape(), op));
  }

  private MatMul matMul(Shape first, Shape second) {
    int rank = first.rank();
    boolean matrix = second.rank() == 2 && rank >= 2;
    boolean fits =
        rank >= 2
            && second.rank() >= 2
            && first.dim(-1) == second.dim(-2)
            && (matrix || Arrays.equals(batch(first), batch(second)));
    if (!fits) {
      throw new ShapeMismatchException(
          "Layer '%s' cannot multiply matrices of the shapes %s and %s."
              .formatted(name, first, second));
    }
    long depth = first.dim(-1);
    if (matrix) {
      long rows = first.elementCount() / depth;
      return new MatMul(Shape.of(1, rows, depth), Shape.of(1, depth, second.dim(-1)));
    }
    long batch = Shape.of(batch(first)).elementCount();
    return new MatMul(
        Shape.of(batch, first.dim(-2), depth), Shape.of(batch, depth, second.dim(-1)));
  }

  private static long[] batch(Shape shape) {
    return Arrays.copyOf(shape.toArray(), shape.rank() - 2);
  }

  private static Shape output(Shape first, MatMul op) {
    long[] dims = first.toArray();
    dims[dims.length - 1] = op.right().dim(-1);
    return Shape.of(dims);
  }
}
