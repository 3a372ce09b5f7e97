package org.conv4j.op;

import java.util.Optional;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * {@code exp(x) / sum(exp(x))} along one axis, computed so that large values do not overflow.
 *
 * @param input the shape, of the output too
 * @param axis the axis, counted from 0
 * @param log whether the logarithm is meant
 */
public record Softmax(Shape input, int axis, boolean log) implements Op {
  /**
   * Checks the axis.
   *
   * @param input see {@link #input}
   * @param axis see {@link #axis}
   * @param log see {@link #log}
   */
  public Softmax {
    OpChecks.axes(Softmax.class, input, IntTuple.of(axis));
  }

  @Override
  public Shape output() {
    return input;
  }

  /** Counts a subtraction, an exponential, an addition and a division for each element. */
  @Override
  public long flops() {
    return OpChecks.product(4, input.elementCount());
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    return output.with(axis, 0, input.dim(axis));
  }

  @Override
  public Optional<Op> on(Region output) {
    return output.isWhole(axis, input)
        ? Optional.of(new Softmax(output.shape(), axis, log))
        : Optional.empty();
  }
}
