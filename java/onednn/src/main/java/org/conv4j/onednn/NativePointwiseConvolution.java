package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A convolution of a single tap, with or without groups, on our own kernel. oneDNN's runs at the
 * processor's peak where many channels meet filters that fill its vectors, and there ours is no
 * faster. It is where the filters leave half a vector empty, which costs ours half as much; where
 * the channels are few, so that to store the outputs is much of the work; and for single pixels.
 */
final class NativePointwiseConvolution implements ConvolutionKernel {
  /** With more, oneDNN's is as fast. */
  private static final int FEW_CHANNELS = 24;

  private static final int FEW_CHANNELS_TO_A_VECTOR = 32;

  /** In more filters than these, half a vector is no longer much. */
  private static final int FEW_VECTORS = 8;

  /** With more pixels, a tile of them reads the weights, which are all the work, several times. */
  private static final int FEW_PIXELS = 4;

  /**
   * Where oneDNN has too few tiles to share out: with two threads and 64 filters to a tile, 320
   * filters of 7x7 pixels are 3 tiles for one and 2 for the other.
   */
  private static final int PIXELS_OF_A_TILE = 64;

  private static final int FILTERS_OF_A_TILE = 64;

  /** Larger weights do not stay in the threads' caches, where oneDNN reads them better. */
  private static final long LARGE_WEIGHTS = 1 << 19;

  @Override
  public boolean accepts(Convolution op) {
    return computes(op) && (op.groups() == 1 && pixels(op) <= FEW_PIXELS || suits(op));
  }

  @Override
  public boolean computes(Convolution op) {
    return !op.isDepthwise() && NativeOp.supports("pointwise", DataType.FLOAT32, op);
  }

  private static boolean suits(Convolution op) {
    int lanes = NativeKernel.lanes(DataType.FLOAT32);
    int filters = op.filtersPerGroup();
    int channels = op.channelsPerGroup();
    if (filters < lanes) {
      return false;
    }
    if (leavesHalfAVector(filters, lanes)) {
      return true;
    }
    // The rest gains less than a pass for a second input or a function costs.
    return !op.residual()
        && NativeProblem.applies(op.activation())
        && (op.groups() > 1 && filters % lanes != 0
            || channels <= (filters == lanes ? FEW_CHANNELS_TO_A_VECTOR : FEW_CHANNELS)
            || cannotBeShared(op));
  }

  /** Tells whether oneDNN would leave threads idle. */
  private static boolean cannotBeShared(Convolution op) {
    int threads = NativeThreads.get();
    return threads > 1
        && op.groups() == 1
        && pixels(op) <= PIXELS_OF_A_TILE
        && op.filtersPerGroup() % (FILTERS_OF_A_TILE * threads) != 0
        && (long) op.filtersPerGroup() * op.channelsPerGroup() <= LARGE_WEIGHTS;
  }

  private static boolean leavesHalfAVector(int filters, int lanes) {
    int last = filters % (2 * lanes);
    return last > lanes && last <= lanes + lanes / 2 && filters <= FEW_VECTORS * lanes;
  }

  private static long pixels(Convolution op) {
    return op.output().elementCount() / op.output().dim(-1);
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("pointwise", op, constants);
  }
}
