package org.conv4j.bench.threads;

import java.util.List;
import java.util.function.ToDoubleFunction;

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
  static Ratios of(List<Pair> pairs) {
    return new Ratios(
        quantile(pairs, Pair::first, 0.5),
        quantile(pairs, Pair::second, 0.5),
        quantile(pairs, Pair::ratio, 0.25),
        quantile(pairs, Pair::ratio, 0.5),
        quantile(pairs, Pair::ratio, 0.75));
  }

  private static double quantile(List<Pair> pairs, ToDoubleFunction<Pair> value, double fraction) {
    double[] sorted = pairs.stream().mapToDouble(value).sorted().toArray();
    double position = fraction * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
