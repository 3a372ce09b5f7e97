package org.conv4j.onednn.binding;

import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;

/**
 * The functions that our kernels apply to their sums, in the order of {@code Function} in {@code
 * native/src/problem.hpp}.
 */
public enum NativeFunction {
  NONE,
  RECTIFIER,
  SIGMOID,
  SILU,
  TANH,
  HARD_SILU;

  /** Returns the function that is applied for an activation; nothing if there is none. */
  public static Optional<NativeFunction> of(Elementwise activation) {
    if (activation instanceof Elementwise.Relu relu) {
      return rectifies(relu) ? Optional.of(RECTIFIER) : Optional.empty();
    }
    if (!(activation instanceof ElementwiseFunction function)) {
      return Optional.empty();
    }
    return switch (function) {
      case LINEAR -> Optional.of(NONE);
      case SIGMOID -> Optional.of(SIGMOID);
      case SILU -> Optional.of(SILU);
      case TANH -> Optional.of(TANH);
      case HARD_SILU -> Optional.of(HARD_SILU);
      default -> Optional.empty();
    };
  }

  private static boolean rectifies(Elementwise.Relu relu) {
    return relu.threshold() == 0 && !overflows(relu.negativeSlope()) && !overflows(relu.maxValue());
  }

  /** Whether a parameter becomes infinite in float; times 0 it would be no number then. */
  public static boolean overflows(double parameter) {
    return Double.isFinite(parameter) && Float.isInfinite((float) parameter);
  }

  /** Whether it takes next to no time; kernels of float64 have only such functions. */
  public boolean isPiecewiseLinear() {
    return this == NONE || this == RECTIFIER;
  }
}
