package org.conv4j.engine;

/**
 * What the threads of a machine are for. In either mode a plan may be shared by all threads, a
 * session may be called from any thread, one at a time, and every caller needs its own.
 */
public enum PerformanceMode {
  /**
   * One caller at a time wants its answer soon: a run uses all processors, and one where a second
   * does not pay. Meant for one caller. Several at once get right results, but their runs compete:
   * each caller brings helpers of its own, and a run that waits for a helper which the operating
   * system has put aside loses milliseconds.
   */
  LATENCY,

  /**
   * Many callers, as in a server, want the most answers per second: a run uses its caller's thread
   * and no other, so that no caller ever waits for another. Meant for at least as many calling
   * threads as there are processors, each with a session; more of them do no harm.
   */
  THROUGHPUT
}
