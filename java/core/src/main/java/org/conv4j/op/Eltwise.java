package org.conv4j.op;

import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.shape.Shape;

/**
 * A function of each element on its own.
 *
 * @param input the shape, of the output too
 * @param activation the function
 */
public record Eltwise(Shape input, Elementwise activation) implements Op {
  @Override
  public Shape output() {
    return input;
  }

  @Override
  public long flops() {
    return input.elementCount();
  }

  @Override
  public Optional<Op> part(int parts) {
    return Op.part(input, parts).map(part -> new Eltwise(part, activation));
  }
}
