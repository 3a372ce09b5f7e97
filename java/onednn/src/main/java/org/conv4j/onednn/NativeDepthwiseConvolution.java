package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A depthwise convolution on our own kernel, whose vectors lie along the filters. */
final class NativeDepthwiseConvolution implements ConvolutionKernel {
  /**
   * What oneDNN takes for those that {@link #isSlowInOneDnn} names grows with each channel, what
   * the kernel takes only with each vector. With 6 they are level.
   */
  private static final int FEWEST_CHANNELS = 8;

  private final DataType dataType;

  NativeDepthwiseConvolution(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public boolean accepts(Convolution op) {
    if (dataType == DataType.FLOAT64) {
      return computes(op);
    }
    return op.groups() >= Math.min(FEWEST_CHANNELS, NativeKernel.lanes(dataType))
        && computes(op)
        && isSlowInOneDnn(op);
  }

  @Override
  public boolean computes(Convolution op) {
    return op.groups() > 1 && NativeOp.supports("depthwise", dataType, op);
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
    return NativeOp.compile("depthwise", op, constants);
  }
}
