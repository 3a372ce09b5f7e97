package org.conv4j.op;

import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.shape.Shape;

/**
 * {@code x * scale + shift} with numbers of its own for each channel, then an element-wise
 * function: what remains of a batch normalization at inference.
 *
 * <p>Its constants are the scale and the shift, each of shape {@code (channels)}.
 *
 * @param input {@code (..., channels)}, the shape of the output too
 * @param activation applied last
 */
public record Scale(Shape input, Elementwise activation) implements Op {
  @Override
  public Shape output() {
    return input;
  }

  @Override
  public long flops() {
    return 2 * input.elementCount();
  }

  @Override
  public Optional<Op> part(int parts) {
    return Op.part(input, parts)
        .filter(part -> input.rank() > 1)
        .map(part -> new Scale(part, activation));
  }
}
