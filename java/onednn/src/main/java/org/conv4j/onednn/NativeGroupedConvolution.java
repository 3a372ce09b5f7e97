package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Small groups, as in ResNeXt, on our own kernel: a vector holds whole groups. Groups of 4 run
 * twice as fast as in oneDNN, groups of 2 five times; groups of 8 are slower than there in float32,
 * and than our general kernel in float64.
 */
final class NativeGroupedConvolution implements ConvolutionKernel {
  private static final int LARGEST_GROUP = 4;

  private final DataType dataType;

  NativeGroupedConvolution(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public boolean accepts(Convolution op) {
    return computes(op) && op.channelsPerGroup() <= LARGEST_GROUP;
  }

  @Override
  public boolean computes(Convolution op) {
    return op.groups() > 1 && NativeOp.supports("grouped", dataType, op);
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("grouped", op, constants);
  }
}
