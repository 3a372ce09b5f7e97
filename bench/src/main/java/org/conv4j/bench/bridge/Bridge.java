package org.conv4j.bench.bridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
  private final int rounds;
  private final int pairs;
  private final long batchNanoseconds;

  /**
   * Sets how to measure.
   *
   * @param driver the C++ side, which the caller closes
   * @param rounds how often each side prepares the case; another time, its memory lies elsewhere
   * @param pairs how many batches each side runs in a round
   * @param batchMilliseconds the least duration of a batch
   */
  public Bridge(Driver driver, int rounds, int pairs, int batchMilliseconds) {
    this.driver = driver;
    this.rounds = rounds;
    this.pairs = pairs;
    this.batchNanoseconds = batchMilliseconds * 1_000_000L;
  }

  /**
   * Runs a case in Java until the code is compiled.
   *
   * @param tiny a case that takes about a microsecond
   */
  public void warmUp(BenchCase tiny) {
    try (SharedOperands operands = SharedOperands.of(tiny);
        JavaSide java = JavaSide.of(tiny, operands)) {
      java.run(COMPILER_CALLS);
    }
  }

  /**
   * Compares the sides on a case.
   *
   * @param benchCase the case
   * @return what the pairs showed
   */
  public BridgeResult compare(BenchCase benchCase) {
    List<Pair> measured = new ArrayList<>();
    long allocated = 0;
    String nativeImplementation = "";
    String javaImplementation = "";
    boolean sameOutput = true;
    for (int i = 0; i < rounds; i++) {
      try (SharedOperands operands = SharedOperands.of(benchCase);
          JavaSide java = JavaSide.of(benchCase, operands)) {
        driver.prepare(benchCase, operands);
        nativeImplementation = driver.implementation();
        javaImplementation = java.implementation();
        sameOutput &= Arrays.equals(output(driver, operands), output(java, operands));
        allocated += measure(java, measured);
      }
    }
    return new BridgeResult(
        benchCase.id(),
        median(measured, Pair::nativeMicroseconds),
        median(measured, Pair::javaMicroseconds),
        median(measured, Pair::ratio),
        median(measured, Pair::extraMicroseconds),
        (double) allocated / measured.stream().mapToLong(Pair::calls).sum(),
        nativeImplementation,
        javaImplementation,
        sameOutput);
  }

  /** An element that a side forgets to write is no number. */
  private static float[] output(Side side, SharedOperands operands) {
    operands.output().transform(ignored -> Double.NaN);
    side.run(1);
    return operands.output().toFloatArray();
  }

  /** Adds pairs; returns what the calls from Java allocated. */
  private long measure(JavaSide java, List<Pair> measured) {
    long calls = Math.max(callsPerBatch(driver), callsPerBatch(java));
    java.takeAllocatedBytes();
    for (int i = 0; i < pairs; i++) {
      measured.add(i % 2 == 0 ? nativeFirst(java, calls) : javaFirst(java, calls));
    }
    return java.takeAllocatedBytes();
  }

  // Taking turns at being first cancels a drift of the processor's speed.

  private Pair nativeFirst(JavaSide java, long calls) {
    double nativeTime = microsecondsPerCall(driver, calls);
    return new Pair(calls, nativeTime, microsecondsPerCall(java, calls));
  }

  private Pair javaFirst(JavaSide java, long calls) {
    double javaTime = microsecondsPerCall(java, calls);
    return new Pair(calls, microsecondsPerCall(driver, calls), javaTime);
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

  private static double median(List<Pair> pairs, ToDoubleFunction<Pair> value) {
    double[] sorted = pairs.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private record Pair(long calls, double nativeMicroseconds, double javaMicroseconds) {
    double ratio() {
      return javaMicroseconds / nativeMicroseconds;
    }

    double extraMicroseconds() {
      return javaMicroseconds - nativeMicroseconds;
    }
  }
}
