package org.conv4j.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * Copies rows of a table by their numbers, which are cut to whole ones; negative numbers count from
 * the end. A number that the table has no row for gives NaN.
 *
 * @param table {@code (rows, columns)}
 * @param indices the shape of the numbers of rows
 */
public record Gather(Shape table, Shape indices) implements Op {
  /**
   * Checks the shapes.
   *
   * @param table see {@link #table}
   * @param indices see {@link #indices}
   */
  public Gather {
    OpChecks.present(table, Gather.class, "table");
    OpChecks.present(indices, Gather.class, "indices");
    if (table.rank() != 2) {
      throw new ShapeMismatchException(
          "A Gather reads a table of rows and columns; given " + table + ".");
    }
    table.intDim(0);
    gathered(table, indices);
  }

  private static Shape gathered(Shape table, Shape indices) {
    long[] dims = Arrays.copyOf(indices.toArray(), indices.rank() + 1);
    dims[indices.rank()] = table.dim(1);
    return Shape.of(dims);
  }

  /**
   * Returns which row a number stands for.
   *
   * @param index the number
   * @param rows how many rows the table has
   * @return the row, or -1 if there is none
   */
  public static int row(double index, int rows) {
    double whole = index < 0 ? Math.ceil(index) : Math.floor(index);
    double row = whole < 0 ? whole + rows : whole;
    return row >= 0 && row < rows ? (int) row : -1;
  }

  @Override
  public Shape input() {
    return table;
  }

  @Override
  public List<Shape> inputs() {
    return List.of(table, indices);
  }

  @Override
  public Shape output() {
    return gathered(table, indices);
  }

  @Override
  public long flops() {
    return 0;
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  /** Any row of the table may be needed. */
  @Override
  public Region reads(int index, Region output) {
    int last = indices.rank();
    if (index == 0) {
      return Region.of(table).with(1, output.begin(last), output.end(last));
    }
    Region read = Region.of(indices);
    for (int axis = 0; axis < last; axis++) {
      read = read.with(axis, output.begin(axis), output.end(axis));
    }
    return read;
  }

  @Override
  public Optional<Op> on(Region output) {
    return Optional.of(new Gather(reads(0, output).shape(), reads(1, output).shape()));
  }
}
