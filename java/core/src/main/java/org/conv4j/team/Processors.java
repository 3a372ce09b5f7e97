package org.conv4j.team;

/**
 * Who may use the processors of this process: callers and helpers together never keep more threads
 * busy than there are, and there are no helpers while others want them, too.
 */
final class Processors {
  private static final int COUNT = Runtime.getRuntime().availableProcessors();
  private static final Permits PERMITS = new Permits(COUNT, new Word());
  private static final Calm CALM =
      new Calm(System.nanoTime(), SystemLoad.ofThisSystem(COUNT)::hasFreeProcessor);

  private Processors() {}

  /** Counts a caller; returns whether it may have helpers. */
  static boolean beginCall() {
    return PERMITS.beginCall() && CALM.at(System.nanoTime());
  }

  /** Counts a helper, if there is a processor for it. */
  static boolean beginHelp() {
    return PERMITS.beginHelp();
  }

  /** Counts a caller or helper no more. */
  static void end() {
    PERMITS.end();
  }

  /** A caller has worked for some time, and then waited for its helpers until now. */
  static void add(long now, long worked, long waited) {
    CALM.add(now, worked, waited);
  }
}
