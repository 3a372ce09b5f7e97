package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A dense convolution of stride 1 on our Winograd kernel: of a 3x3 kernel, 36 multiplications make
 * 16 outputs of a channel, where the definition takes 144. oneDNN has none for x64, and its direct
 * kernels run at the processor's peak, so this is the one way past them.
 *
 * <p>Inputs, weights and outputs go through linear transforms whose rounding adds to the result's:
 * its error stays below {@link CompileOptions#FAST_ERROR}. A value that is not finite reaches all
 * outputs of the tiles that read it.
 */
final class NativeWinogradConvolution implements ConvolutionKernel {
  /** Below these, the transforms cost what the products save. */
  private static final int LEAST_CHANNELS = 16;

  private static final int LEAST_ROW_CHANNELS = 32;
  private static final int LEAST_ROW_FILTERS = 16;

  /** Groups take turns over the whole image, unless one or two fill a vector. */
  private static final int LEAST_GROUP = 32;

  private static final int LEAST_SMALL_GROUP = 8;
  private static final int SMALL_GROUP_TAPS = 3;

  @Override
  public boolean accepts(Convolution op) {
    if (!op.window().strides().all(1) || !hasEnoughChannels(op, isRow(op.window()))) {
      return false;
    }
    try (NativeProblem problem = NativeProblem.of(op, 1)) {
      return NativeOp.gain("winograd", DataType.FLOAT32, problem) >= 1;
    }
  }

  @Override
  public boolean computes(Convolution op) {
    return NativeOp.supports("winograd", DataType.FLOAT32, op);
  }

  /** Tells whether there are no taps but along the last axis. */
  static boolean isRow(Window window) {
    return window.rank() == 1 || window.kernel().get(window.rank() - 2) == 1;
  }

  private static boolean hasEnoughChannels(Convolution op, boolean row) {
    if (op.groups() > 1) {
      return fillsVectors(op)
          || op.channelsPerGroup() >= LEAST_GROUP && op.filtersPerGroup() >= LEAST_GROUP;
    }
    return row
        ? op.input().dim(-1) >= LEAST_ROW_CHANNELS && op.output().dim(-1) >= LEAST_ROW_FILTERS
        : op.input().dim(-1) >= LEAST_CHANNELS;
  }

  /** Tells whether the kernel has a way of its own for these groups. */
  private static boolean fillsVectors(Convolution op) {
    int lanes = NativeKernel.lanes(DataType.FLOAT32);
    int group = op.channelsPerGroup();
    return (group == lanes || group == lanes / 2)
        && group >= LEAST_SMALL_GROUP
        && group == op.filtersPerGroup()
        && op.window().rank() == 2
        && op.window().kernel().all(SMALL_GROUP_TAPS);
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("winograd", op, constants);
  }
}
