package org.conv4j.op;

import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.shape.Shape;

/**
 * The product of every row with a matrix, with a bias and an element-wise function applied to the
 * sum. A row is what lies along the last axis.
 *
 * <p>Its constants are the matrix, of shape {@code (channels, units)}, and, if it has one, the
 * bias, of shape {@code (units)}.
 *
 * @param input {@code (..., channels)}
 * @param units the extent of the output's last axis
 * @param bias whether there is a bias
 * @param activation applied last
 */
public record InnerProduct(Shape input, int units, boolean bias, Elementwise activation)
    implements Op {
  @Override
  public Shape output() {
    long[] dims = input.toArray();
    dims[dims.length - 1] = units;
    return Shape.of(dims);
  }

  /**
   * Returns the number of rows.
   *
   * @return the product of all extents but the last
   */
  public long rows() {
    return input.elementCount() / input.dim(-1);
  }

  @Override
  public long flops() {
    return 2 * input.elementCount() * units;
  }

  @Override
  public Optional<Op> part(int parts) {
    return Op.part(input, parts)
        .filter(part -> input.rank() > 1)
        .map(part -> new InnerProduct(part, units, bias, activation));
  }
}
