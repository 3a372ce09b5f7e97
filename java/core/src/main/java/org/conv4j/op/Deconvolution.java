package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.shape.Region;
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
    Shape input, Shape output, Window window, boolean bias, Elementwise activation)
    implements Weighted, Windowed {
  /**
   * Checks that the output follows from the input and the window.
   *
   * @param input see {@link #input}
   * @param output see {@link #output}
   * @param window see {@link #window}
   * @param bias see {@link #bias}
   * @param activation see {@link #activation}
   */
  public Deconvolution {
    OpChecks.windowed(Deconvolution.class, input, output, window);
    for (int axis = 0; axis < window.rank(); axis++) {
      long full =
          (input.dim(axis + 1) - 1) * window.strides().get(axis) + window.effectiveKernel(axis);
      long cut = (long) window.padBegin().get(axis) + window.padEnd().get(axis);
      if (full - cut != output.dim(axis + 1)) {
        throw OpChecks.mismatch(
            Deconvolution.class, "has the output that its " + window + " leaves", input, output);
      }
    }
    OpChecks.present(activation, Deconvolution.class, "activation");
    OpChecks.kernel(window, output.intDim(-1), input.intDim(-1));
  }

  @Override
  public List<Shape> constants() {
    Shape kernel = OpChecks.kernel(window, output.dim(-1), input.dim(-1));
    return bias ? List.of(kernel, Shape.of(output.dim(-1))) : List.of(kernel);
  }

  @Override
  public Deconvolution withActivation(Elementwise function) {
    return new Deconvolution(input, output, window, bias, function);
  }

  @Override
  public Deconvolution withBias(boolean present) {
    return new Deconvolution(input, output, window, present, activation);
  }

  @Override
  public Deconvolution withWindow(Shape newInput, Shape newOutput, Window newWindow) {
    return new Deconvolution(newInput, newOutput, newWindow, bias, activation);
  }

  @Override
  public boolean filtersComeFirst() {
    return true;
  }

  @Override
  public long products() {
    return window.taps() * input.dim(-1);
  }

  /** Returns false: the outermost outputs, and those between strides, see fewer taps. */
  @Override
  public boolean isUniform() {
    return false;
  }

  @Override
  public long flops() {
    return OpChecks.product(2, input.elementCount(), window.taps(), output.dim(-1));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    return Positions.adding(this, output);
  }

  @Override
  public Region readsConstant(int index, Region output) {
    Shape constant = constants().get(index);
    int channels = input.rank() - 1;
    int filters = index == 0 ? constant.rank() - 2 : 0;
    return Region.of(constant).with(filters, output.begin(channels), output.end(channels));
  }

  /** Returns nothing for a region to which no input adds. */
  @Override
  public Optional<Op> on(Region output) {
    Region read = reads(0, output);
    return read.isEmpty()
        ? Optional.empty()
        : Optional.of(
            withWindow(read.shape(), output.shape(), Positions.cutting(this, read, output)));
  }
}
