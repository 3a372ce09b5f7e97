package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Deconvolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A transposed convolution on our Winograd kernel. With a stride, the output falls apart into
 * phases that read the same inputs, each with taps of its own: of a 4x4 kernel of stride 2, four
 * phases of 2x2 taps. They are computed as one convolution of stride 1 with four times the filters,
 * so that even a single filter, the last layer of a generator, fills part of a vector.
 *
 * <p>Rounds as {@link NativeWinogradConvolution} does.
 */
final class NativeWinogradDeconvolution implements DeconvolutionKernel {
  /** Below this, the transforms cost what the products save. */
  private static final int LEAST_CHANNELS = 8;

  private static final int LEAST_ROW_CHANNELS = 32;
  private static final int LEAST_ROW_FILTERS = 16;

  @Override
  public boolean accepts(Deconvolution op) {
    if (!hasEnoughChannels(op, NativeWinogradConvolution.isRow(op.window()))) {
      return false;
    }
    try (NativeProblem problem = NativeProblem.of(op, 1)) {
      return NativeOp.gain("winograd", DataType.FLOAT32, problem) >= 1;
    }
  }

  @Override
  public boolean computes(Deconvolution op) {
    return NativeOp.supports("winograd", DataType.FLOAT32, op);
  }

  private static boolean hasEnoughChannels(Deconvolution op, boolean row) {
    return row
        ? op.input().dim(-1) >= LEAST_ROW_CHANNELS && op.output().dim(-1) >= LEAST_ROW_FILTERS
        : op.input().dim(-1) >= LEAST_CHANNELS;
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public CompiledOp compile(Deconvolution op, List<Tensor> constants) {
    return NativeOp.compile("winograd", op, constants);
  }
}
