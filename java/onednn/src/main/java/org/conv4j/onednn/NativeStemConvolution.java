package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A convolution of one to four channels to half a vector of filters or some vectors of them, as the
 * first layer of a network, on our own kernel. oneDNN's brgemm copies and multiplies a kernel row
 * at a time, which is too little work for it where there is one channel, few filters, or filters
 * that leave a vector partly empty. Elsewhere both run near the processor's peak.
 */
final class NativeStemConvolution implements ConvolutionKernel {
  /** The kernel takes any number, but beyond this it is never faster. */
  private static final int MOST_CHANNELS = 4;

  private static final int MOST_VECTORS = 8;

  /** With more, and several channels, oneDNN's is as fast. */
  private static final int FEW_VECTORS = 2;

  @Override
  public boolean accepts(Convolution op) {
    long lanes = NativeKernel.lanes(DataType.FLOAT32);
    long filters = op.output().dim(-1);
    if (!computes(op) || filters > MOST_VECTORS * lanes) {
      return false;
    }
    if (filters <= lanes / 2) {
      return hasPairs(op);
    }
    return filters >= lanes && fillsVectorsBetter(op, filters, lanes);
  }

  /**
   * Half a vector of filters is multiplied with two inputs at once if two follow each other in
   * memory.
   */
  private static boolean hasPairs(Convolution op) {
    return op.input().dim(-1) > 1 || op.window().dilation().get(op.window().rank() - 1) == 1;
  }

  private static boolean fillsVectorsBetter(Convolution op, long filters, long lanes) {
    return op.input().dim(-1) == 1
        || filters % lanes != 0
        || filters <= FEW_VECTORS * lanes && !op.window().strides().all(1);
  }

  @Override
  public boolean computes(Convolution op) {
    return op.input().dim(-1) <= MOST_CHANNELS && NativeOp.supports("stem", DataType.FLOAT32, op);
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("stem", op, constants);
  }
}
