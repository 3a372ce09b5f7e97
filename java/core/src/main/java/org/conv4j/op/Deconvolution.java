package org.conv4j.op;

import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * A transposed convolution in 1 to 3 spatial dimensions: every input element adds its multiple of
 * the kernel to the output, {@code strides} apart. The window's padding is what is cut from the
 * full output, see {@link Window}.
 *
 * <p>Its constants are the kernel, of shape {@code (k..., filters, channels)}, and, if it has one,
 * the bias, of shape {@code (filters)}.
 *
 * @param input {@code (batch, n..., channels)}
 * @param output {@code (batch, m..., filters)}
 * @param window the movement of the kernel
 * @param bias whether there is a bias
 * @param activation applied last
 */
public record Deconvolution(
    Shape input, Shape output, Window window, boolean bias, Elementwise activation) implements Op {

  @Override
  public long flops() {
    return 2 * input.elementCount() * window.taps() * output.dim(-1);
  }

  @Override
  public Optional<Op> part(int parts) {
    return Op.part(input, parts)
        .map(
            part ->
                new Deconvolution(part, output.withDim(0, part.dim(0)), window, bias, activation));
  }
}
