package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Deconvolution;
import org.conv4j.tensor.Tensor;

/** Any transposed convolution on our general kernel, as {@link NativeDenseConvolution}. */
final class NativeDenseDeconvolution implements DeconvolutionKernel {
  @Override
  public boolean accepts(Deconvolution op) {
    return true;
  }

  @Override
  public CompiledOp compile(Deconvolution op, List<Tensor> constants) {
    return NativeOp.compile("dense", op, constants);
  }
}
