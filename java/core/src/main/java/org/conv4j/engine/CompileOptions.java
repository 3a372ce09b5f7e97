package org.conv4j.engine;

import java.util.Objects;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.limit.Limits;

/**
 * How to compile a plan.
 *
 * @param threads the number of threads that one session may use, its caller's included; 0 leaves it
 *     to the mode
 * @param exact whether every output must be the sum that defines it, rounded as any order of
 *     additions would round it. If not, an engine may take a faster algorithm whose error stays
 *     below {@link #FAST_ERROR}.
 * @param mode what the machine's threads are for; {@link PerformanceMode#THROUGHPUT} is one thread
 *     for each session
 * @param tuning whether to time the ways of running an op on this machine
 * @param limits how much a model may take while it is compiled, and its plan afterwards
 * @param fallback which engines may run the ops that the chosen one leaves to others
 */
public record CompileOptions(
    int threads,
    boolean exact,
    PerformanceMode mode,
    Tuning tuning,
    Limits limits,
    Fallback fallback) {
  /** For one caller, on all processors; not exact, not tuned. */
  public static final CompileOptions DEFAULT =
      new CompileOptions(
          0, false, PerformanceMode.LATENCY, Tuning.OFF, Limits.DEFAULT, Fallback.listed());

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
   * @param mode see {@link #mode}
   * @param tuning see {@link #tuning}
   * @param limits see {@link #limits}
   * @param fallback see {@link #fallback}
   */
  public CompileOptions {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(tuning, "tuning");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(fallback, "fallback");
    if (threads < 0) {
      throw new InvalidArgumentException(
          "The number of threads must be at least 1, or 0 for the engine's choice; given "
              + threads
              + ".");
    }
    if (threads > 1 && mode == PerformanceMode.THROUGHPUT) {
      throw new InvalidArgumentException(
          "In THROUGHPUT mode a run uses its caller's thread only, so the number of threads must be"
              + " 1, or 0 for the mode's choice; given "
              + threads
              + ".");
    }
  }

  /**
   * Sets the number of threads that one session may use.
   *
   * @param threads at least 1, or 0 for the mode's choice
   * @return changed options
   * @throws InvalidArgumentException if it is negative, or above 1 in THROUGHPUT mode
   */
  public CompileOptions withThreads(int threads) {
    return new CompileOptions(threads, exact, mode, tuning, limits, fallback);
  }

  /**
   * Sets whether faster algorithms that round differently are ruled out.
   *
   * @param exact see {@link #exact}
   * @return changed options
   */
  public CompileOptions withExact(boolean exact) {
    return new CompileOptions(threads, exact, mode, tuning, limits, fallback);
  }

  /**
   * Sets what the machine's threads are for.
   *
   * @param mode see {@link #mode}
   * @return changed options
   * @throws InvalidArgumentException if it is THROUGHPUT and more than one thread was asked for
   */
  public CompileOptions withMode(PerformanceMode mode) {
    return new CompileOptions(threads, exact, mode, tuning, limits, fallback);
  }

  /**
   * Sets whether the ways of running an op are timed.
   *
   * @param tuning see {@link #tuning}
   * @return changed options
   */
  public CompileOptions withTuning(Tuning tuning) {
    return new CompileOptions(threads, exact, mode, tuning, limits, fallback);
  }

  /**
   * Sets how much a model may take.
   *
   * @param limits see {@link #limits}
   * @return changed options
   */
  public CompileOptions withLimits(Limits limits) {
    return new CompileOptions(threads, exact, mode, tuning, limits, fallback);
  }

  /**
   * Sets which engines may run the ops that the chosen one leaves to others.
   *
   * @param fallback see {@link #fallback}
   * @return changed options
   */
  public CompileOptions withFallback(Fallback fallback) {
    return new CompileOptions(threads, exact, mode, tuning, limits, fallback);
  }

  /**
   * Returns the most threads that a run may use in this process.
   *
   * @return what was asked for, else 1 in THROUGHPUT mode and all processors in LATENCY mode; never
   *     more than there are processors
   */
  public int threadLimit() {
    if (mode == PerformanceMode.THROUGHPUT) {
      return 1;
    }
    int processors = Runtime.getRuntime().availableProcessors();
    return threads == 0 ? processors : Math.min(threads, processors);
  }
}
