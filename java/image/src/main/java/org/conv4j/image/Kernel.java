package org.conv4j.image;

/** How much a pixel counts at a distance from the place that is asked for. */
enum Kernel {
  /** Equal weights up to half a pixel. */
  BOX(0.5) {
    @Override
    double weight(double x) {
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    }
  },
  TRIANGLE(1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  HAMMING(1) {
    @Override
    double weight(double x) {
      double t = Math.PI * Math.abs(x);
      return Math.abs(x) >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(t));
    }
  },
  /** Keys, Cubic Convolution Interpolation for Digital Image Processing (1981), a = -1/2. */
  CUBIC(2) {
    @Override
    double weight(double x) {
      double t = Math.abs(x);
      if (t < 1) {
        return (1.5 * t - 2.5) * t * t + 1;
      }
      return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
    }
  },
  LANCZOS3(3) {
    @Override
    double weight(double x) {
      return Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  },
  LANCZOS5(5) {
    @Override
    double weight(double x) {
      return Math.abs(x) < 5 ? sinc(x) * sinc(x / 5) : 0;
    }
  };

  private final double radius;

  Kernel(double radius) {
    this.radius = radius;
  }

  /** At this distance and beyond, the weight is 0. */
  double radius() {
    return radius;
  }

  /** The weight at a distance in pixels; not yet divided by the sum of all. */
  abstract double weight(double x);

  private static double sinc(double x) {
    double t = Math.PI * x;
    return t == 0 ? 1 : Math.sin(t) / t;
  }
}
