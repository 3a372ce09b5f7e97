package org.conv4j.operation;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.MatMul;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * {@code left @ right}: products of the matrices on the last two axes. The axes before them are
 * equal, or one operand is a single matrix. Either may be transposed first, on those axes.
 *
 * @param name the layer's name
 * @param left the first operand if it is constant, else null
 * @param right the second operand if it is constant, else null
 * @param transposeLeft whether the first operand is transposed
 * @param transposeRight whether the second operand is transposed
 */
public record Matmul(
    String name, Constant left, Constant right, boolean transposeLeft, boolean transposeRight)
    implements Operation {
  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param left see {@link #left}
   * @param right see {@link #right}
   * @param transposeLeft see {@link #transposeLeft}
   * @param transposeRight see {@link #transposeRight}
   */
  public Matmul {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Multiplies the operands as they are.
   *
   * @param name see {@link #name}
   * @param left see {@link #left}
   * @param right see {@link #right}
   */
  public Matmul(String name, Constant left, Constant right) {
    this(name, left, right, false, false);
  }

  @Override
  public int arity() {
    return (left == null ? 1 : 0) + (right == null ? 1 : 0);
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Iterator<Shape> next = inputs.iterator();
    Shape first = transposed(left == null ? next.next() : left.shape(), transposeLeft);
    Shape second = transposed(right == null ? next.next() : right.shape(), transposeRight);
    return output(first, second);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Iterator<Value> next = inputs.iterator();
    Value first = left == null ? next.next() : lowering.constant(left);
    Value second = right == null ? next.next() : lowering.constant(right);
    first = transposed(lowering, first, transposeLeft);
    second = transposed(lowering, second, transposeRight);
    Shape output = output(first.shape(), second.shape());
    MatMul op = matMul(first.shape(), second.shape());
    List<Value> operands =
        List.of(
            lowering.reshape(name, first, op.left()), lowering.reshape(name, second, op.right()));
    Value product = lowering.append(name, op, operands, List.of(), DataFormat.CHANNELS_LAST);
    return lowering.reshape(name, product, output);
  }

  private static Shape transposed(Shape shape, boolean transpose) {
    return transpose && shape.rank() >= 2 ? shape.permute(swapped(shape.rank())) : shape;
  }

  private Value transposed(Lowering lowering, Value value, boolean transpose) {
    int rank = value.shape().rank();
    return transpose && rank >= 2 ? lowering.permute(name, value, swapped(rank)) : value;
  }

  /** All axes, the last two exchanged. */
  private static IntTuple swapped(int rank) {
    return IntTuple.generate(rank, i -> i < rank - 2 ? i : 2 * rank - 3 - i);
  }

  private MatMul matMul(Shape first, Shape second) {
    long depth = first.dim(-1);
    if (second.rank() == 2) {
      long rows = first.elementCount() / depth;
      return new MatMul(Shape.of(1, rows, depth), Shape.of(1, depth, second.dim(-1)));
    }
    long batch = Extents.product(first, 0, first.rank() - 2);
    return new MatMul(
        Shape.of(batch, first.dim(-2), depth), Shape.of(batch, depth, second.dim(-1)));
  }

  private Shape output(Shape first, Shape second) {
    int rank = first.rank();
    boolean fits =
        rank >= 2
            && second.rank() >= 2
            && (second.rank() == 2 || second.rank() == rank)
            && !Extents.differ(first.extent(-1), second.extent(-2));
    long[] dims = first.extents();
    for (int axis = 0; fits && second.rank() > 2 && axis < rank - 2; axis++) {
      fits = !Extents.differ(dims[axis], second.extent(axis));
      dims[axis] = Extents.agreed(dims[axis], second.extent(axis));
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "Layer '%s' cannot multiply matrices of the shapes %s and %s."
              .formatted(name, first, second));
    }
    dims[rank - 1] = second.extent(-1);
    return Shape.open(dims);
  }
}
