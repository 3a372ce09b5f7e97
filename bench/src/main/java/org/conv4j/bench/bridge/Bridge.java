package org.conv4j.bench.bridge;

import java.util.Arrays;
import org.conv4j.notation.BenchCase;

/**
 * Compares the two sides. On a machine that others use too, only batches that follow each other
 * closely are comparable: they alternate, and each pair gives one ratio.
 */
public final class Bridge {
  /** Enough calls for the compiler to be done with the code that all cases share. */
  private static final int COMPILER_CALLS = 200_000;

  private static final double NANOSECONDS_PER_MICROSECOND = 1e3;

  private final Driver driver;
  private final int pairs;
  private final long batchNanoseconds;

  /**
   * Sets how to measure.
   *
   * @param driver the C++ side, which the caller closes
   * @param pairs how many batches each side runs
   * @param batchMilliseconds the least duration of a batch
   */
  public Bridge(Driver driver, int pairs, int batchMilliseconds) {
    this.driver = driver;
    this.pairs = pairs;
    this.batchNanoseconds = batchMilliseconds * 1_000_000L;
  }

  /**
   * Runs a case in Java until the code is compiled.
   *
   * @param tiny a case that takes about a microsecond
   */
  public void warmUp(BenchCase tiny) {
    try (JavaSide java = JavaSide.of(tiny)) {
      java.run(COMPILER_CALLS);
    }
  }

  /**
   * Compares the sides on a case.
   *
   * @param benchCase the case
   * @return what the pairs showed
   */
  public Comparison compare(BenchCase benchCase) {
    driver.prepare(benchCase);
    try (JavaSide java = JavaSide.of(benchCase)) {
      long calls = Math.max(callsPerBatch(driver), callsPerBatch(java));
      java.run(calls);
      java.forgetAllocations();
      double[] nativeTimes = new double[pairs];
      double[] javaTimes = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        // Taking turns at being first cancels a drift of the processor's speed.
        if (i % 2 == 0) {
          nativeTimes[i] = microsecondsPerCall(driver, calls);
          javaTimes[i] = microsecondsPerCall(java, calls);
        } else {
          javaTimes[i] = microsecondsPerCall(java, calls);
          nativeTimes[i] = microsecondsPerCall(driver, calls);
        }
      }
      double[] ratios = new double[pairs];
      double[] extras = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        ratios[i] = javaTimes[i] / nativeTimes[i];
        extras[i] = javaTimes[i] - nativeTimes[i];
      }
      return new Comparison(
          benchCase.id(),
          median(nativeTimes),
          median(javaTimes),
          median(ratios),
          median(extras),
          java.bytesPerCall(),
          driver.implementation(),
          java.implementation(),
          driver.digest() == java.digest());
    }
  }

  private long callsPerBatch(Side side) {
    long calls = 1;
    while (side.run(calls) < batchNanoseconds) {
      calls *= 2;
    }
    return calls;
  }

  private static double microsecondsPerCall(Side side, long calls) {
    return side.run(calls) / NANOSECONDS_PER_MICROSECOND / calls;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
