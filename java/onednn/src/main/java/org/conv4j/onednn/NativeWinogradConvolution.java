package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
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

  /** Below this, most of a tile is thrown away. */
  private static final int LEAST_EXTENT = 4;

  @Override
  public boolean accepts(Convolution op) {
    return computes(op)
        && op.input().dim(-1) >= LEAST_CHANNELS
        && op.output().dim(-1) >= LEAST_CHANNELS
        && op.output().dim(1) >= LEAST_EXTENT
        && op.output().dim(2) >= LEAST_EXTENT;
  }

  /** Tells whether the kernel can run an op, at whatever speed. */
  static boolean computes(Convolution op) {
    Window window = op.window();
    return window.rank() == 2
        && window.kernel().all(3)
        && window.strides().all(1)
        && window.dilation().all(1)
        && op.groups() == 1;
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
