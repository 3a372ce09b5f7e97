package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A convolution of one channel to one or two vectors of filters, as the first layer of a network
 * for grey images or volumes, on our own kernel. oneDNN's brgemm copies and multiplies a kernel row
 * at a time, which is too little work for it. With more channels or filters it is faster than ours.
 */
final class NativeStemConvolution implements ConvolutionKernel {
  private static final int MOST_VECTORS = 2;

  /** The kernel takes any number, but beyond this it never comes close. */
  private static final int MOST_CHANNELS = 4;

  @Override
  public boolean accepts(Convolution op) {
    long lanes = NativeKernel.lanes(DataType.FLOAT32);
    long filters = op.output().dim(-1);
    return computes(op)
        && op.input().dim(-1) == 1
        && filters % lanes == 0
        && filters <= MOST_VECTORS * lanes;
  }

  @Override
  public boolean computes(Convolution op) {
    return op.groups() == 1 && op.input().dim(-1) <= MOST_CHANNELS;
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile(NativeKernel.STEM, op, constants);
  }
}
