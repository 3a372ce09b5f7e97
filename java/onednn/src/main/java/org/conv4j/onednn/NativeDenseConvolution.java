package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.Tensor;

/**
 * Any convolution on our general kernel: the way for float64, which oneDNN does not have, and for
 * float32 where tuning finds that oneDNN has nothing better for this processor.
 */
final class NativeDenseConvolution implements ConvolutionKernel {
  @Override
  public boolean accepts(Convolution op) {
    return true;
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("dense", op, constants);
  }
}
