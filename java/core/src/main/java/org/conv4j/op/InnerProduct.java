package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

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
    implements Weighted {
  /**
   * Checks that there are channels and units.
   *
   * @param input see {@link #input}
   * @param units see {@link #units}
   * @param bias see {@link #bias}
   * @param activation see {@link #activation}
   */
  public InnerProduct {
    OpChecks.present(input, InnerProduct.class, "input");
    OpChecks.present(activation, InnerProduct.class, "activation");
    if (input.rank() < 1 || units < 1) {
      throw new InvalidLayerException(
          "An InnerProduct needs an axis of channels and at least 1 unit; given %s and %d units."
              .formatted(input, units));
    }
    product(input, units);
    Shape.of(input.intDim(-1), units);
  }

  @Override
  public Shape output() {
    return product(input, units);
  }

  @Override
  public List<Shape> constants() {
    Shape matrix = Shape.of(input.dim(-1), units);
    return bias ? List.of(matrix, Shape.of(units)) : List.of(matrix);
  }

  private static Shape product(Shape input, int units) {
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
  public InnerProduct withActivation(Elementwise function) {
    return new InnerProduct(input, units, bias, function);
  }

  @Override
  public InnerProduct withBias(boolean present) {
    return new InnerProduct(input, units, present, activation);
  }

  @Override
  public long products() {
    return input.dim(-1);
  }

  @Override
  public boolean isUniform() {
    return true;
  }

  /**
   * Returns the same sums as those of a convolution: of a sequence of rows, with a kernel of one
   * tap.
   *
   * @return an op that reads and writes the same numbers in the same order; its kernel is the
   *     matrix with one more axis before the others
   */
  public Convolution asConvolution() {
    Shape sequence = Shape.of(1, rows(), input.dim(-1));
    Window tap = Window.of(IntTuple.of(1));
    return new Convolution(sequence, sequence.withDim(2, units), tap, 1, bias, activation);
  }

  @Override
  public long flops() {
    return OpChecks.product(2, input.elementCount(), units);
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    return output.with(input.rank() - 1, 0, input.dim(-1));
  }

  @Override
  public Region readsConstant(int index, Region output) {
    Shape constant = constants().get(index);
    int axis = input.rank() - 1;
    return Region.of(constant).with(constant.rank() - 1, output.begin(axis), output.end(axis));
  }

  @Override
  public Optional<Op> on(Region output) {
    int some = output.shape().intDim(-1);
    return Optional.of(new InnerProduct(reads(0, output).shape(), some, bias, activation));
  }
}
