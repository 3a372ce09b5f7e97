package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * Products of matrices, one for each element of the batch.
 *
 * @param left {@code (batch, rows, depth)}
 * @param right {@code (batch, depth, columns)}
 */
public record MatMul(Shape left, Shape right) implements Op {
  /**
   * Checks that the shapes fit together.
   *
   * @param left see {@link #left}
   * @param right see {@link #right}
   */
  public MatMul {
    OpChecks.present(left, MatMul.class, "left matrix");
    OpChecks.present(right, MatMul.class, "right matrix");
    if (left.rank() != 3
        || right.rank() != 3
        || left.dim(0) != right.dim(0)
        || left.dim(2) != right.dim(1)) {
      throw new ShapeMismatchException(
          "Matrices of shapes " + left + " and " + right + " cannot be multiplied.");
    }
    Shape.of(left.dim(0), left.dim(1), right.dim(2));
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
    return Shape.of(left.dim(0), left.dim(1), right.dim(2));
  }

  @Override
  public long flops() {
    return OpChecks.product(2, left.elementCount(), right.dim(2));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    return index == 0 ? output.with(2, 0, left.dim(2)) : output.with(1, 0, right.dim(1));
  }

  @Override
  public Optional<Op> on(Region output) {
    return Optional.of(new MatMul(reads(0, output).shape(), reads(1, output).shape()));
  }
}
