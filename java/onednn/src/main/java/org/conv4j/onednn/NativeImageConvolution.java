package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Filters over images of few channels, blurs and edge detectors among them, on our own kernel: its
 * vectors lie along the width, where oneDNN's along the channels are mostly empty.
 */
final class NativeImageConvolution implements ConvolutionKernel {
  static final int MOST_CHANNELS = 4;

  private final DataType dataType;

  NativeImageConvolution(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public boolean accepts(Convolution op) {
    Window window = op.window();
    int width = window.rank() - 1;
    return window.rank() <= 2
        && window.padBegin().get(width) < window.effectiveKernel(width)
        && op.output().dim(-2) >= fewestPixels(op)
        && NativeOp.supports("image", dataType, op);
  }

  /** Between one and two vectors, {@link NativeStemConvolution} is faster for several filters. */
  private long fewestPixels(Convolution op) {
    long lanes = NativeKernel.lanes(dataType);
    return dataType == DataType.FLOAT32 && op.output().dim(-1) > 1 ? 2 * lanes : lanes;
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("image", op, constants);
  }
}
