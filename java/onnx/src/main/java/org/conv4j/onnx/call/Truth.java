package org.conv4j.onnx.call;

import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Value;

/** Comparisons, and choices by them. True is 1, false is 0. */
public final class Truth {
  private Truth() {}

  /** {@code left > right}, or with {@code equal} not below it, as 1 and 0. */
  public static Value greater(Emitter emit, Value left, Value right, boolean equal) {
    if (equal) {
      return emit.affine(greater(emit, right, left, false), -1, 1);
    }
    Value sign = emit.apply(ElementwiseFunction.SIGN, emit.subtract(left, right));
    return emit.apply(new Elementwise.Clip(0, 1), sign);
  }

  public static Value equal(Emitter emit, Value left, Value right) {
    Value sign = emit.apply(ElementwiseFunction.SIGN, emit.subtract(left, right));
    return emit.affine(emit.apply(ElementwiseFunction.ABSOLUTE, sign), -1, 1);
  }

  /** 1 where a number is not 0. */
  public static Value truth(Emitter emit, Value in) {
    return emit.apply(ElementwiseFunction.ABSOLUTE, emit.apply(ElementwiseFunction.SIGN, in));
  }

  /**
   * One of two numbers, as a third is 1 or 0. The other one may be infinite, for it is not
   * multiplied but replaced by the infinity that a minimum or maximum drops.
   */
  public static Value select(Emitter emit, Value condition, Value yes, Value no) {
    Value bound =
        emit.multiply(emit.affine(condition, 1, -0.5), emit.number(Double.POSITIVE_INFINITY));
    Value opposite = emit.apply(ElementwiseFunction.NEGATIVE, bound);
    Value left = emit.binary(BinaryFunction.MINIMUM, yes, bound);
    Value right = emit.binary(BinaryFunction.MINIMUM, no, opposite);
    return emit.binary(BinaryFunction.MAXIMUM, left, right);
  }
}
