package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A depthwise convolution on our own kernel, which needs at least one vector of channels. */
final class NativeDepthwiseConvolution implements ConvolutionKernel {
  private final DataType dataType;

  NativeDepthwiseConvolution(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public boolean accepts(Convolution op) {
    return computes(op) && (dataType == DataType.FLOAT64 || isSlowInOneDnn(op));
  }

  @Override
  public boolean computes(Convolution op) {
    return op.isDepthwise() && op.groups() >= NativeKernel.lanes(dataType);
  }

  /**
   * oneDNN's fast depthwise kernels have one filter for each channel; dilated, only in two
   * dimensions.
   */
  private static boolean isSlowInOneDnn(Convolution op) {
    return op.filtersPerGroup() > 1 || op.window().rank() == 1 && !op.window().dilation().all(1);
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile(NativeKernel.DEPTHWISE, op, constants);
  }
}
