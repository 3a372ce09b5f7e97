package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.Tensor;

/**
 * A dense 3x3 convolution of stride 1 on our Winograd kernel: 36 multiplications make 16 outputs of
 * a channel, where the definition takes 144. oneDNN has none for x64, and its direct kernels run at
 * the processor's peak, so this is the one way past them.
 *
 * <p>Inputs, weights and outputs go through linear transforms whose rounding adds to the result's:
 * its error stays below {@link CompileOptions#FAST_ERROR}. A value that is not finite reaches all
 * 16 outputs of the tiles that read it.
 */
final class NativeWinogradConvolution implements ConvolutionKernel {
  /** Below this, the transforms cost what the products save. */
  private static final int LEAST_CHANNELS = 16;

  private static final long TILE = 4;

  /** Of the 16 outputs of a tile; where more of them lie outside the image, it does not pay. */
  private static final long LEAST_OUTPUTS = 9;

  /**
   * The transformed weights are four times as large: for fewer tiles, they take too long to read.
   */
  private static final long LEAST_TILES = 4;

  @Override
  public boolean accepts(Convolution op) {
    Window window = op.window();
    return window.rank() == 2
        && window.kernel().all(3)
        && window.strides().all(1)
        && window.dilation().all(1)
        && op.groups() == 1
        && op.input().dim(-1) >= LEAST_CHANNELS
        && op.output().dim(-1) >= LEAST_CHANNELS
        && fillsTiles(op.output());
  }

  private static boolean fillsTiles(Shape output) {
    long tiles = tiles(output.dim(1)) * tiles(output.dim(2));
    return output.dim(1) * output.dim(2) >= LEAST_OUTPUTS * tiles
        && output.dim(0) * tiles >= LEAST_TILES;
  }

  private static long tiles(long extent) {
    return (extent + TILE - 1) / TILE;
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile(NativeKernel.WINOGRAD, op, constants);
  }
}
