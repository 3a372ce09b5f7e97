package org.conv4j.activation;

import org.conv4j.error.InvalidLayerException;

/**
 * A function applied to each element on its own. {@link #apply} is its definition, in double
 * precision; engines may compute it in another way, to the rounding of their data type.
 */
public sealed interface Elementwise extends Activation
    permits ElementwiseFunction,
        Elementwise.Relu,
        Elementwise.Elu,
        Elementwise.Celu,
        Elementwise.Clip,
        Elementwise.HardSigmoid,
        Elementwise.HardShrink,
        Elementwise.SoftShrink,
        Elementwise.Squareplus {

  /**
   * Applies the function to one element.
   *
   * @param x the element
   * @return the function's value
   */
  double apply(double x);

  /**
   * Keras's general rectifier: {@code x} from {@code threshold} to {@code maxValue}, {@code
   * maxValue} beyond, and {@code negativeSlope * (x - threshold)} below.
   *
   * @param maxValue the largest value returned, at least 0; infinite for none
   * @param negativeSlope the slope below the threshold, at least 0
   * @param threshold where the function leaves the slope, at least 0
   */
  record Relu(double maxValue, double negativeSlope, double threshold) implements Elementwise {
    /**
     * Checks the parameters as Keras's ReLU layer does.
     *
     * @param maxValue see {@link #maxValue}
     * @param negativeSlope see {@link #negativeSlope}
     * @param threshold see {@link #threshold}
     */
    public Relu {
      requireNonNegative("relu", "max_value", maxValue);
      requireNonNegative("relu", "negative_slope", negativeSlope);
      requireNonNegative("relu", "threshold", threshold);
    }

    @Override
    public double apply(double x) {
      if (Double.isNaN(x)) {
        return x;
      }
      double rectified = x > threshold ? Math.min(x, maxValue) : 0;
      return negativeSlope == 0
          ? rectified
          : rectified - negativeSlope * Math.max(threshold - x, 0);
    }
  }

  /**
   * {@code x >= 0 ? x : alpha (exp(x) - 1)}.
   *
   * @param alpha the negative limit
   */
  record Elu(double alpha) implements Elementwise {
    /**
     * Checks that the parameter is a finite number.
     *
     * @param alpha see {@link #alpha}
     */
    public Elu {
      requireFinite("elu", "alpha", alpha);
    }

    @Override
    public double apply(double x) {
      return x >= 0 ? x : alpha * Math.expm1(x);
    }
  }

  /**
   * {@code max(x, 0) + alpha (exp(min(x, 0) / alpha) - 1)}.
   *
   * @param alpha the negative limit, not 0
   */
  record Celu(double alpha) implements Elementwise {
    /**
     * Checks that the parameter is a finite number other than 0.
     *
     * @param alpha see {@link #alpha}
     */
    public Celu {
      requireFinite("celu", "alpha", alpha);
      if (alpha == 0) {
        throw new InvalidLayerException("celu: alpha must not be 0.");
      }
    }

    @Override
    public double apply(double x) {
      return Math.max(x, 0) + alpha * Math.expm1(Math.min(x, 0) / alpha);
    }
  }

  /**
   * {@code min(max(x, min), max)}.
   *
   * @param min the smallest value returned
   * @param max the largest value returned, at least {@code min}
   */
  record Clip(double min, double max) implements Elementwise {
    /**
     * Checks that the limits are in order.
     *
     * @param min see {@link #min}
     * @param max see {@link #max}
     */
    public Clip {
      if (!(min <= max)) {
        throw new InvalidLayerException(
            "clip: the limits must be numbers in ascending order; given %s and %s."
                .formatted(min, max));
      }
    }

    @Override
    public double apply(double x) {
      return Math.min(Math.max(x, min), max);
    }
  }

  /**
   * {@code min(max(alpha x + beta, 0), 1)}.
   *
   * @param alpha the slope
   * @param beta the value at 0
   */
  record HardSigmoid(double alpha, double beta) implements Elementwise {
    /**
     * Checks that the parameters are finite numbers.
     *
     * @param alpha see {@link #alpha}
     * @param beta see {@link #beta}
     */
    public HardSigmoid {
      requireFinite("hard_sigmoid", "alpha", alpha);
      requireFinite("hard_sigmoid", "beta", beta);
    }

    @Override
    public double apply(double x) {
      return Math.min(Math.max(alpha * x + beta, 0), 1);
    }
  }

  /**
   * {@code |x| > threshold ? x : 0}, which is 0 for NaN.
   *
   * @param threshold the largest magnitude that becomes 0
   */
  record HardShrink(double threshold) implements Elementwise {
    /**
     * Checks that the parameter is a finite number.
     *
     * @param threshold see {@link #threshold}
     */
    public HardShrink {
      requireFinite("hard_shrink", "threshold", threshold);
    }

    @Override
    public double apply(double x) {
      return Math.abs(x) > threshold ? x : 0;
    }
  }

  /**
   * {@code x} moved towards 0 by the threshold, not past it; 0 for NaN.
   *
   * @param threshold the distance
   */
  record SoftShrink(double threshold) implements Elementwise {
    /**
     * Checks that the parameter is a finite number.
     *
     * @param threshold see {@link #threshold}
     */
    public SoftShrink {
      requireFinite("soft_shrink", "threshold", threshold);
    }

    @Override
    public double apply(double x) {
      if (x > threshold) {
        return x - threshold;
      }
      return x < -threshold ? x + threshold : 0;
    }
  }

  /**
   * {@code (x + sqrt(x^2 + b)) / 2}.
   *
   * @param b the smoothness
   */
  record Squareplus(double b) implements Elementwise {
    /**
     * Checks that the parameter is a finite number.
     *
     * @param b see {@link #b}
     */
    public Squareplus {
      requireFinite("squareplus", "b", b);
    }

    @Override
    public double apply(double x) {
      return (x + Math.sqrt(x * x + b)) / 2;
    }
  }

  private static void requireNonNegative(String function, String argument, double value) {
    if (!(value >= 0)) {
      throw new InvalidLayerException(
          function + ": " + argument + " must be a number of at least 0; given " + value + ".");
    }
  }

  private static void requireFinite(String function, String argument, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidLayerException(
          function + ": " + argument + " must be a finite number; given " + value + ".");
    }
  }
}
