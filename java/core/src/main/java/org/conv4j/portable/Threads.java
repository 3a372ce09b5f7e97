package org.conv4j.portable;

import org.conv4j.engine.CompileOptions;

/** How many threads an op is worth. */
final class Threads {
  /** Waking a helper costs some 20 microseconds, in which one thread does about this much. */
  private static final long FLOPS_PER_THREAD = 1_000_000;

  private Threads() {}

  /**
   * The number of threads to use for some work.
   *
   * @param options what the user asked for
   * @param flops the work, in operations of a convolution's speed
   */
  static int forWork(CompileOptions options, long flops) {
    return (int) Math.max(1, Math.min(options.threadLimit(), flops / FLOPS_PER_THREAD));
  }
}
