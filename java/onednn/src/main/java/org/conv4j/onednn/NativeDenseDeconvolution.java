package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Deconvolution;
import org.conv4j.tensor.Tensor;

/** Any transposed convolution on our general kernel, as {@link NativeDenseConvolution}. */
final class NativeDenseDeconvolution implements DeconvolutionKernel {
  /** With strides as short, looks do not count beside the products. */
  private static final int SHORT_STRIDES = 64;

  /** The looks that take about a second. */
  private static final long MANY_LOOKS = 1L << 30;

  /**
   * For each output, the kernel looks for its place among those between two inputs, and at each
   * tap, of which long strides let hardly any count.
   */
  @Override
  public boolean accepts(Deconvolution op) {
    long outputs = op.output().elementCount() / op.output().dim(-1);
    long strides = 0;
    for (int axis = 0; axis < op.window().rank(); axis++) {
      strides += op.window().strides().get(axis);
    }
    return strides <= SHORT_STRIDES || outputs <= MANY_LOOKS / (strides + op.window().taps());
  }

  @Override
  public CompiledOp compile(Deconvolution op, List<Tensor> constants) {
    return NativeOp.compile("dense", op, constants);
  }
}
