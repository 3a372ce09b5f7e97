package org.conv4j.portable.tiles;

import org.conv4j.engine.CompileOptions;
import org.conv4j.machine.Machine;

/** How many threads an op is worth. */
public final class Threads {
  private Threads() {}

  /**
   * The number of threads to use for some work.
   *
   * @param options what the user asked for
   * @param flops the work, in operations of a convolution's speed
   */
  public static int forWork(CompileOptions options, long flops) {
    return forWork(Machine.host(), options.threadLimit(), flops);
  }

  /** Each has to do for as long as it takes to wake one. */
  public static int forWork(Machine machine, int limit, long flops) {
    double worthWaking = machine.wakeNanoseconds() * machine.javaFlopsPerNanosecond();
    return (int) Math.max(1, Math.min(limit, flops / worthWaking));
  }
}
