package org.conv4j.djl.memory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What is computed along one axis. NaN is treated as NumPy does: it wins every maximum. */
public final class Lines {
  private Lines() {}

  public static double sum(double[] line) {
    double sum = 0;
    for (double value : line) {
      sum += value;
    }
    return sum;
  }

  public static double max(double[] line) {
    return line[argMax(line)];
  }

  public static double min(double[] line) {
    return line[argMin(line)];
  }

  public static int argMax(double[] line) {
    return best(line, 1);
  }

  public static int argMin(double[] line) {
    return best(line, -1);
  }

  private static int best(double[] line, int sign) {
    if (line.length == 0) {
      throw new IllegalArgumentException("An array without elements has no extreme.");
    }
    int best = 0;
    for (int i = 0; i < line.length; i++) {
      if (Double.isNaN(line[i])) {
        return i;
      }
      if (sign * line[i] > sign * line[best]) {
        best = i;
      }
    }
    return best;
  }

  public static double[] softmax(double[] line) {
    double max = max(line);
    double[] result = new double[line.length];
    for (int i = 0; i < line.length; i++) {
      result[i] = Math.exp(line[i] - max);
    }
    double sum = sum(result);
    for (int i = 0; i < line.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  public static double[] logSoftmax(double[] line) {
    double max = max(line);
    double sum = 0;
    for (double value : line) {
      sum += Math.exp(value - max);
    }
    double log = max + Math.log(sum);
    return Arrays.stream(line).map(value -> value - log).toArray();
  }

  /** The positions of the elements in ascending or descending order; equal ones keep theirs. */
  public static int[] order(double[] line, boolean ascending) {
    Comparator<Integer> byValue = Comparator.comparingDouble(i -> line[i]);
    return IntStream.range(0, line.length)
        .boxed()
        .sorted(ascending ? byValue : byValue.reversed())
        .mapToInt(i -> i)
        .toArray();
  }

  public static double[] positions(int[] order) {
    return Arrays.stream(order).asDoubleStream().toArray();
  }

  public static double[] picked(double[] line, int[] order) {
    return Arrays.stream(order).mapToDouble(i -> line[i]).toArray();
  }
}
