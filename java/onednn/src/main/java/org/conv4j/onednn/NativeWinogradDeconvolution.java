package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Deconvolution;
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
    WinogradTiles tiles = WinogradTiles.of(op);
    return computes(op) && hasEnoughChannels(op, tiles.isRow()) && tiles.pay();
  }

  @Override
  public boolean computes(Deconvolution op) {
    return op.window().rank() <= 2 && op.window().dilation().all(1) && WinogradTiles.of(op).fit();
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
    return NativeOp.compile(NativeKernel.WINOGRAD, op, constants);
  }
}
