package org.conv4j.op;

import java.util.Optional;
import org.conv4j.shape.IntTuple;
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
  public Optional<Op> part(int parts) {
    return Op.part(input, parts)
        .filter(part -> axes.get(0) == 0)
        .map(part -> new Permute(part, axes));
  }
}
