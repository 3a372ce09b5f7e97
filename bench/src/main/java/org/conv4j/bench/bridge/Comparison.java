package org.conv4j.bench.bridge;

/**
 * What pairs of batches showed about one case.
 *
 * @param id the case
 * @param nativeMicroseconds one call from C++, median
 * @param javaMicroseconds one call from Java, median
 * @param ratio Java's time divided by C++'s, median over the pairs
 * @param extraMicroseconds Java's time less C++'s, median over the pairs
 * @param bytesPerCall what one call from Java allocates on the heap
 * @param nativeImplementation what ran in C++
 * @param javaImplementation what ran in Java
 * @param sameOutput whether all elements of the outputs are equal
 */
public record Comparison(
    String id,
    double nativeMicroseconds,
    double javaMicroseconds,
    double ratio,
    double extraMicroseconds,
    double bytesPerCall,
    String nativeImplementation,
    String javaImplementation,
    boolean sameOutput) {
  /** From here on the ratio counts, below it the difference. */
  public static final double LONG_MICROSECONDS = 20;

  /** The ratio that long calls may have. */
  public static final double MAX_RATIO = 1.03;

  /** What short calls may take longer. */
  public static final double MAX_EXTRA_MICROSECONDS = 0.3;

  /**
   * Returns whether both sides did the same work: else their times say nothing about the bridge.
   *
   * @return true if implementations and outputs are equal
   */
  public boolean isSameWork() {
    return sameOutput && nativeImplementation.equals(javaImplementation);
  }

  /**
   * Returns whether calling from Java is nearly free for this case.
   *
   * @return true if time and allocation are within the limits
   */
  public boolean isWithinLimits() {
    boolean inTime =
        nativeMicroseconds >= LONG_MICROSECONDS
            ? ratio <= MAX_RATIO
            : extraMicroseconds <= MAX_EXTRA_MICROSECONDS;
    return inTime && bytesPerCall == 0;
  }
}
