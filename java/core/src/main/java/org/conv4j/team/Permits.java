package org.conv4j.team;

/**
 * How many threads are busy: callers, who are never turned away, and helpers, who only come while a
 * processor is left for them.
 */
final class Permits {
  private final int processors;
  private final Word busy;

  Permits(int processors, Word busy) {
    this.processors = processors;
    this.busy = busy;
  }

  /** Counts a caller; returns whether a processor is left for a helper. */
  boolean beginCall() {
    return busy.add(1) < processors;
  }

  /** Counts a helper, if there is a processor for it. */
  boolean beginHelp() {
    if (busy.add(1) > processors) {
      busy.add(-1);
      return false;
    }
    return true;
  }

  /** Counts a caller or helper no more. */
  void end() {
    busy.add(-1);
  }
}
