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
  };

  /** SELU's negative limit before scaling. */
  public static final double SELU_ALPHA = 1.6732632423543772848170429916717;

  /** SELU's scale. */
  public static final double SELU_SCALE = 1.0507009873554804934193349852946;

  private static double clip(double x, double min, double max) {
    return Math.min(Math.max(x, min), max);
  }
}
