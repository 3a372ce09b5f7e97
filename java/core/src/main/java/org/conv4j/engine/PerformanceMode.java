package org.conv4j.engine;

/**
 * What the threads of a machine are for. In either mode a plan may be shared by all threads, a
 * session may be called from any thread, one at a time, and every caller needs its own.
 */
public enum PerformanceMode {
  /**
   * A caller wants its answer soon: a run uses all processors, and one where a second does not pay.
   * Helpers come from a pool that all callers share. With as many callers as processors there are
   * no helpers, and there are none for a while where other processes want the processors: then a
   * run takes about as long as with one thread.
   */
  LATENCY,

  /**
   * Many callers, as in a server, want the most answers per second: a run uses its caller's thread
   * and no other, so that no caller ever waits for another. Meant for at least as many calling
   * threads as there are processors, each with a session; more of them do no harm.
   */
  THROUGHPUT
}
