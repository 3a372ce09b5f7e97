package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Region;
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
public record Scale(Shape input, Elementwise activation) implements Activated {
  /**
   * Checks that there are channels.
   *
   * @param input see {@link #input}
   * @param activation see {@link #activation}
   */
  public Scale {
    OpChecks.present(input, Scale.class, "input");
    OpChecks.present(activation, Scale.class, "activation");
    if (input.rank() < 1) {
      throw new ShapeMismatchException("A Scale needs an axis of channels; given a scalar.");
    }
  }

  @Override
  public List<Shape> constants() {
    Shape channels = Shape.of(input.dim(-1));
    return List.of(channels, channels);
  }

  @Override
  public Shape output() {
    return input;
  }

  @Override
  public Scale withActivation(Elementwise function) {
    return new Scale(input, function);
  }

  @Override
  public long flops() {
    return OpChecks.product(2, input.elementCount());
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
  public Region readsConstant(int index, Region output) {
    int channels = input.rank() - 1;
    return Region.of(constants().get(index)).with(0, output.begin(channels), output.end(channels));
  }

  @Override
  public Optional<Op> on(Region output) {
    return Optional.of(new Scale(output.shape(), activation));
  }
}
