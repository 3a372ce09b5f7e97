package org.conv4j.op;

import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * A function of each element on its own.
 *
 * @param input the shape, of the output too
 * @param activation the function
 */
public record Eltwise(Shape input, Elementwise activation) implements Activated {
  /**
   * Checks that nothing is missing.
   *
   * @param input see {@link #input}
   * @param activation see {@link #activation}
   */
  public Eltwise {
    OpChecks.present(input, Eltwise.class, "input");
    OpChecks.present(activation, Eltwise.class, "activation");
  }

  @Override
  public Shape output() {
    return input;
  }

  @Override
  public Eltwise withActivation(Elementwise function) {
    return new Eltwise(input, function);
  }

  @Override
  public long flops() {
    return input.elementCount();
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    return output;
  }

  @Override
  public Optional<Op> on(Region output) {
    return Optional.of(new Eltwise(output.shape(), activation));
  }
}
