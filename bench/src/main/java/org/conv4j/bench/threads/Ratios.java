package org.conv4j.bench.threads;

import java.util.Arrays;

/**
 * How two ways compare over pairs of measurements that follow each other closely, which is all that
 * a machine with a drifting speed lets one compare.
 *
 * @param first the median of the first way's measurements
 * @param second the median of the second way's
 * @param low the lower quartile of the pairs' ratios, second to first
 * @param ratio the median of those ratios
 * @param high their upper quartile
 */
public record Ratios(double first, double second, double low, double ratio, double high) {
  /** Computes them from measurements; {@code first[i]} and {@code second[i]} are a pair. */
  static Ratios of(double[] first, double[] second) {
    double[] ratios = new double[first.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = second[i] / first[i];
    }
    return new Ratios(
        quantile(first, 0.5),
        quantile(second, 0.5),
        quantile(ratios, 0.25),
        quantile(ratios, 0.5),
        quantile(ratios, 0.75));
  }

  private static double quantile(double[] values, double fraction) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = fraction * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
