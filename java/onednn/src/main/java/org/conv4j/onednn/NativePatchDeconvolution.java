package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Deconvolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A transposed convolution whose strides are as long as its kernel, as the upsampling of a U-Net,
 * on our own kernel: no two input pixels meet in an output pixel, so that each tap is a product of
 * matrices, without sums that are stored and read again.
 */
final class NativePatchDeconvolution implements DeconvolutionKernel {
  /** Tiles fill a row of so many pixels well; shorter ones are computed in part twice. */
  private static final int LEAST_ROW = 8;

  /** With fewer weights, what oneDNN spends on a call is more than that. */
  private static final int FEW_WEIGHTS = 1 << 15;

  @Override
  public boolean accepts(Deconvolution op) {
    return computes(op)
        && NativeProblem.applies(op.activation())
        && (op.input().dim(-2) >= LEAST_ROW || weights(op) <= FEW_WEIGHTS);
  }

  private static long weights(Deconvolution op) {
    return op.window().taps() * op.input().dim(-1) * op.output().dim(-1);
  }

  @Override
  public boolean computes(Deconvolution op) {
    return NativeOp.supports("patch", DataType.FLOAT32, op);
  }

  @Override
  public CompiledOp compile(Deconvolution op, List<Tensor> constants) {
    return NativeOp.compile("patch", op, constants);
  }
}
