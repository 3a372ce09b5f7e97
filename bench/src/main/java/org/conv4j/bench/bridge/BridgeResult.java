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
public record BridgeResult(
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
   * Returns whether both sides left the work to oneDNN, in the same form. Where Java has a kernel
   * that is faster, the times compare two kernels and not two ways of calling one.
   *
   * @return true if the kernel candidates are equal
   */
  public boolean isBridged() {
    return candidates(nativeImplementation).equals(candidates(javaImplementation));
  }

  private static String candidates(String implementation) {
    return implementation.replaceAll(": \\S+", "");
  }

  /**
   * Returns whether both sides did the same work.
   *
   * @return true if the outputs are equal and, for the same candidates, oneDNN's implementations
   */
  public boolean isSameWork() {
    return sameOutput && (!isBridged() || nativeImplementation.equals(javaImplementation));
  }

  /**
   * Returns whether calling from Java is nearly free for this case.
   *
   * @return true if nothing is allocated and, where the times compare calls, Java's is in time
   */
  public boolean isWithinLimits() {
    boolean inTime =
        nativeMicroseconds >= LONG_MICROSECONDS
            ? ratio <= MAX_RATIO
            : extraMicroseconds <= MAX_EXTRA_MICROSECONDS;
    return (inTime || !isBridged()) && bytesPerCall == 0;
  }
}
