package org.conv4j.activation;

/** The element-wise functions that have no parameters. */
public enum ElementwiseFunction implements Elementwise {
  /** See {@link Activation#LINEAR}. */
  LINEAR {
    @Override
    public double apply(double x) {
      return x;
    }
  },
  /** See {@link Activation#SELU}; the constants are those of Klambauer et al. (2017). */
  SELU {
    @Override
    public double apply(double x) {
      return SELU_SCALE * (x >= 0 ? x : SELU_ALPHA * Math.expm1(x));
    }
  },
  /** See {@link Activation#SIGMOID}. */
  SIGMOID {
    @Override
    public double apply(double x) {
      return 1 / (1 + Math.exp(-x));
    }
  },
  /** See {@link Activation#HARD_SIGMOID}. */
  HARD_SIGMOID {
    @Override
    public double apply(double x) {
      return clip(x / 6 + 0.5, 0, 1);
    }
  },
  /** See {@link Activation#SPARSE_SIGMOID}. */
  SPARSE_SIGMOID {
    @Override
    public double apply(double x) {
      return clip((x + 1) / 2, 0, 1);
    }
  },
  /** See {@link Activation#LOG_SIGMOID}. */
  LOG_SIGMOID {
    @Override
    public double apply(double x) {
      return -SOFTPLUS.apply(-x);
    }
  },
  /** See {@link Activation#TANH}. */
  TANH {
    @Override
    public double apply(double x) {
      return Math.tanh(x);
    }
  },
  /** See {@link Activation#HARD_TANH}. */
  HARD_TANH {
    @Override
    public double apply(double x) {
      return clip(x, -1, 1);
    }
  },
  /** See {@link Activation#TANH_SHRINK}. */
  TANH_SHRINK {
    @Override
    public double apply(double x) {
      return x - Math.tanh(x);
    }
  },
  /** See {@link Activation#SOFTPLUS}; written so that a large x does not overflow. */
  SOFTPLUS {
    @Override
    public double apply(double x) {
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
  },
  /** See {@link Activation#SOFTSIGN}. */
  SOFTSIGN {
    @Override
    public double apply(double x) {
      return x / (1 + Math.abs(x));
    }
  },
  /** See {@link Activation#SPARSE_PLUS}. */
  SPARSE_PLUS {
    @Override
    public double apply(double x) {
      if (x <= -1) {
        return 0;
      }
      return x < 1 ? (x + 1) * (x + 1) / 4 : x;
    }
  },
  /** See {@link Activation#SILU}. */
  SILU {
    @Override
    public double apply(double x) {
      return x / (1 + Math.exp(-x));
    }
  },
  /** See {@link Activation#HARD_SILU}. */
  HARD_SILU {
    @Override
    public double apply(double x) {
      return x * HARD_SIGMOID.apply(x);
    }
  },
  /** See {@link Activation#GELU}. */
  GELU {
    @Override
    public double apply(double x) {
      return 0.5 * x * ErrorFunction.erfc(-x / Math.sqrt(2));
    }
  },
  /** See {@link Activation#GELU_TANH}; the constant is that of Hendrycks and Gimpel (2016). */
  GELU_TANH {
    @Override
    public double apply(double x) {
      return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }
  },
  /** See {@link Activation#EXPONENTIAL}. */
  EXPONENTIAL {
    @Override
    public double apply(double x) {
      return Math.exp(x);
    }
  },
  /** See {@link Activation#MISH}. */
  MISH {
    @Override
    public double apply(double x) {
      return x * Math.tanh(SOFTPLUS.apply(x));
    }
  },
  /** {@code -x}. */
  NEGATIVE {
    @Override
    public double apply(double x) {
      return -x;
    }
  },
  /** {@code |x|}. */
  ABSOLUTE {
    @Override
    public double apply(double x) {
      return Math.abs(x);
    }
  },
  /** {@code x^2}. */
  SQUARE {
    @Override
    public double apply(double x) {
      return x * x;
    }
  },
  /** The root of x, NaN below 0. */
  SQUARE_ROOT {
    @Override
    public double apply(double x) {
      return Math.sqrt(x);
    }
  },
  /** One divided by the root of x, NaN below 0. */
  RECIPROCAL_SQUARE_ROOT {
    @Override
    public double apply(double x) {
      return 1 / Math.sqrt(x);
    }
  },
  /** {@code 1 / x}. */
  RECIPROCAL {
    @Override
    public double apply(double x) {
      return 1 / x;
    }
  },
  /** The natural logarithm, NaN below 0. */
  LOGARITHM {
    @Override
    public double apply(double x) {
      return Math.log(x);
    }
  },
  /** The sine of x in radians. */
  SINE {
    @Override
    public double apply(double x) {
      return Math.sin(x);
    }
  },
  /** The cosine of x in radians. */
  COSINE {
    @Override
    public double apply(double x) {
      return Math.cos(x);
    }
  },
  /** The tangent of x in radians. */
  TANGENT {
    @Override
    public double apply(double x) {
      return Math.tan(x);
    }
  },
  /** The inverse of the sine, NaN outside [-1, 1]. */
  ARC_SINE {
    @Override
    public double apply(double x) {
      return Math.asin(x);
    }
  },
  /** The inverse of the cosine, NaN outside [-1, 1]. */
  ARC_COSINE {
    @Override
    public double apply(double x) {
      return Math.acos(x);
    }
  },
  /** The inverse of the tangent. */
  ARC_TANGENT {
    @Override
    public double apply(double x) {
      return Math.atan(x);
    }
  },
  /** The hyperbolic sine. */
  HYPERBOLIC_SINE {
    @Override
    public double apply(double x) {
      return Math.sinh(x);
    }
  },
  /** The hyperbolic cosine. */
  HYPERBOLIC_COSINE {
    @Override
    public double apply(double x) {
      return Math.cosh(x);
    }
  },
  /** The inverse of the hyperbolic sine. */
  INVERSE_HYPERBOLIC_SINE {
    @Override
    public double apply(double x) {
      return InverseHyperbolic.sine(x);
    }
  },
  /** The inverse of the hyperbolic cosine, NaN below 1. */
  INVERSE_HYPERBOLIC_COSINE {
    @Override
    public double apply(double x) {
      return InverseHyperbolic.cosine(x);
    }
  },
  /** The inverse of the hyperbolic tangent, NaN outside [-1, 1]. */
  INVERSE_HYPERBOLIC_TANGENT {
    @Override
    public double apply(double x) {
      return InverseHyperbolic.tangent(x);
    }
  },
  /** {@code sin(pi x) / (pi x)}, 1 at 0. */
  SINC {
    @Override
    public double apply(double x) {
      return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
  },
  /** The real cube root. */
  CUBE_ROOT {
    @Override
    public double apply(double x) {
      return Math.cbrt(x);
    }
  },
  /** {@code exp(x) - 1}, precise near 0. */
  EXPONENTIAL_MINUS_ONE {
    @Override
    public double apply(double x) {
      return Math.expm1(x);
    }
  },
  /** {@code 2^x}. */
  POWER_OF_TWO {
    @Override
    public double apply(double x) {
      return Math.pow(2, x);
    }
  },
  /** {@code log(1 + x)}, precise near 0, NaN below -1. */
  LOGARITHM_OF_ONE_PLUS {
    @Override
    public double apply(double x) {
      return Math.log1p(x);
    }
  },
  /** The logarithm to base 2, NaN below 0. */
  BINARY_LOGARITHM {
    @Override
    public double apply(double x) {
      return Math.log(x) / Math.log(2);
    }
  },
  /** The logarithm to base 10, NaN below 0. */
  DECIMAL_LOGARITHM {
    @Override
    public double apply(double x) {
      return Math.log10(x);
    }
  },
  /** The error function. */
  ERROR_FUNCTION {
    @Override
    public double apply(double x) {
      return 1 - ErrorFunction.erfc(x);
    }
  },
  /** The largest whole number that is not above x. */
  FLOOR {
    @Override
    public double apply(double x) {
      return Math.floor(x);
    }
  },
  /** The smallest whole number that is not below x. */
  CEILING {
    @Override
    public double apply(double x) {
      return Math.ceil(x);
    }
  },
  /** x without its fraction. */
  TRUNCATE {
    @Override
    public double apply(double x) {
      return x < 0 ? Math.ceil(x) : Math.floor(x);
    }
  },
  /** The nearest whole number, the even one of two. */
  ROUND {
    @Override
    public double apply(double x) {
      return Math.rint(x);
    }
  },
  /** -1, 0 or 1, as x is below, at or above 0. */
  SIGN {
    @Override
    public double apply(double x) {
      return Math.signum(x);
    }
  },
  /** {@code x pi / 180}. */
  DEGREES_TO_RADIANS {
    @Override
    public double apply(double x) {
      return x * (Math.PI / 180);
    }
  },
  /** {@code x 180 / pi}. */
  RADIANS_TO_DEGREES {
    @Override
    public double apply(double x) {
      return x * (180 / Math.PI);
    }
  };

  /** SELU's negative limit before scaling. */
  public static final double SELU_ALPHA = 1.6732632423543772848170429916717;

  /** SELU's scale. */
  public static final double SELU_SCALE = 1.0507009873554804934193349852946;

  private static double clip(double x, double min, double max) {
    return Math.min(Math.max(x, min), max);
  }
}
