package org.conv4j.engine;

import org.conv4j.error.InvalidLayerException;

/**
 * How to compile a plan.
 *
 * @param threads the number of threads that one session may use; 0 leaves it to the engine
 * @param exact whether every output must be the sum that defines it, rounded as any order of
 *     additions would round it. If not, an engine may take a faster algorithm whose error stays
 *     below {@link #FAST_ERROR}.
 */
public record CompileOptions(int threads, boolean exact) {
  /** What an engine does when nothing is asked of it: its own number of threads, not exact. */
  public static final CompileOptions DEFAULT = new CompileOptions(0, false);

  /**
   * The largest error that a faster algorithm may add to a layer's sums in float32, divided by the
   * largest magnitude of those sums, for inputs and weights of no particular structure, such as
   * normally distributed ones. Winograd convolution, the only one so far, stays below a fifth of
   * it.
   */
  public static final double FAST_ERROR = 1e-4;

  /**
   * Checks the number of threads.
   *
   * @param threads see {@link #threads}
   * @param exact see {@link #exact}
   */
  public CompileOptions {
    if (threads < 0) {
      throw new InvalidLayerException(
          "The number of threads must be at least 1, or 0 for the engine's choice; given "
              + threads
              + ".");
    }
  }

  /**
   * Sets the number of threads that one session may use.
   *
   * @param threads at least 1, or 0 for the engine's choice
   * @return changed options
   */
  public CompileOptions withThreads(int threads) {
    return new CompileOptions(threads, exact);
  }

  /**
   * Sets whether faster algorithms that round differently are ruled out.
   *
   * @param exact see {@link #exact}
   * @return changed options
   */
  public CompileOptions withExact(boolean exact) {
    return new CompileOptions(threads, exact);
  }
}
