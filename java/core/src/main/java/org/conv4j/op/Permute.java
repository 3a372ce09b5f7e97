package org.conv4j.op;

import java.util.Optional;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * Reorders the dimensions of a tensor by copying it.
 *
 * @param input the shape that is read
 * @param axes for each dimension of the output, the dimension of the input it comes from
 */
public record Permute(Shape input, IntTuple axes) implements Op {
  /**
   * Checks that every dimension is named once.
   *
   * @param input see {@link #input}
   * @param axes see {@link #axes}
   */
  public Permute {
    OpChecks.present(input, Permute.class, "input");
    OpChecks.present(axes, Permute.class, "axes");
    input.permute(axes);
  }

  @Override
  public Shape output() {
    return input.permute(axes);
  }

  @Override
  public long flops() {
    return 0;
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    Region read = Region.of(input);
    for (int axis = 0; axis < axes.size(); axis++) {
      read = read.with(axes.get(axis), output.begin(axis), output.end(axis));
    }
    return read;
  }

  @Override
  public Optional<Op> on(Region output) {
    return Optional.of(new Permute(reads(0, output).shape(), axes));
  }
}
