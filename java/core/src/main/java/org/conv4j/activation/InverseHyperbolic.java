package org.conv4j.activation;

/** The inverse hyperbolic functions, which Java lacks, precise near 0 and without overflow. */
final class InverseHyperbolic {
  /** Beyond, {@code x^2 + 1} and {@code x^2 - 1} round to {@code x^2}. */
  private static final double LARGE = 1e9;

  private InverseHyperbolic() {}

  static double sine(double x) {
    double size = Math.abs(x);
    double result =
        size > LARGE
            ? Math.log(size) + Math.log(2)
            : Math.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
    return Math.copySign(result, x);
  }

  static double cosine(double x) {
    double above = x - 1;
    return x > LARGE
        ? Math.log(x) + Math.log(2)
        : Math.log1p(above + Math.sqrt(above * (above + 2)));
  }

  static double tangent(double x) {
    double size = Math.abs(x);
    return Math.copySign(0.5 * Math.log1p(2 * size / (1 - size)), x);
  }
}
