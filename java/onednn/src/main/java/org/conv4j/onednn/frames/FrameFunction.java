package org.conv4j.onednn.frames;

import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.onednn.binding.NativeProblem;
import org.conv4j.tensor.DataType;

/**
 * A function as native code has it.
 *
 * @param kind its number in {@code FrameCode::Function}
 * @param first its first parameter
 * @param second its second parameter
 */
record FrameFunction(int kind, float first, float second) {
  private static final int LINEAR = 0;
  private static final int RECTIFY = 1;
  private static final int CLIP = 2;
  private static final int TANH = 3;
  private static final int SIGMOID = 4;
  private static final int SILU = 5;

  /** Returns null for a function that native code has not. */
  static FrameFunction of(Elementwise function) {
    if (function instanceof Elementwise.Relu relu) {
      return NativeProblem.applies(relu, DataType.FLOAT32)
          ? new FrameFunction(RECTIFY, (float) relu.negativeSlope(), (float) relu.maxValue())
          : null;
    }
    if (function instanceof Elementwise.Clip clip) {
      return new FrameFunction(CLIP, (float) clip.min(), (float) clip.max());
    }
    if (function == ElementwiseFunction.HARD_TANH) {
      return new FrameFunction(CLIP, -1, 1);
    }
    int kind =
        function == ElementwiseFunction.LINEAR
            ? LINEAR
            : function == ElementwiseFunction.TANH
                ? TANH
                : function == ElementwiseFunction.SIGMOID
                    ? SIGMOID
                    : function == ElementwiseFunction.SILU ? SILU : -1;
    return kind < 0 ? null : new FrameFunction(kind, 0, 0);
  }
}
