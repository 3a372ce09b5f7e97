package org.conv4j.activation;

/** The complementary error function, which the JDK lacks, to about 1e-15. */
final class ErrorFunction {
  /** Below this magnitude the series converges fast; above it, the continued fraction does. */
  private static final double SERIES_LIMIT = 2;

  private static final int FRACTION_TERMS = 60;

  private ErrorFunction() {}

  static double erfc(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (Math.abs(x) < SERIES_LIMIT) {
      return 1 - series(x);
    }
    return x > 0 ? fraction(x) : 2 - fraction(-x);
  }

  /** erf by Abramowitz and Stegun 7.1.6, whose terms all have the sign of x. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** erfc of a positive x by the continued fraction of Abramowitz and Stegun 7.1.14. */
  private static double fraction(double x) {
    double tail = x;
    for (int n = FRACTION_TERMS; n > 0; n--) {
      tail = x + n / 2.0 / tail;
    }
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
  }
}
