package org.conv4j.engine;

import org.conv4j.error.InvalidLayerException;

/**
 * How to compile a plan.
 *
 * @param threads the number of threads that one session may use; 0 leaves it to the engine
 */
public record CompileOptions(int threads) {
  /** What an engine does when nothing is asked of it. */
  public static final CompileOptions DEFAULT = new CompileOptions(0);

  /**
   * Checks the number of threads.
   *
   * @param threads see {@link #threads}
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
    return new CompileOptions(threads);
  }
}
