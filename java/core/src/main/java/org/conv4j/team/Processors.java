package org.conv4j.team;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who may use the processors. Callers and helpers together never keep more threads busy than there
 * are processors. Where others want the processors, too, helpers do harm: for each few milliseconds
 * that one works, the system puts it aside for as long, and its caller waits. So there are none for
 * a while after a caller had to wait, which gets longer from time to time, and shorter when all
 * goes well.
 */
final class Processors {
  private static final int COUNT = Runtime.getRuntime().availableProcessors();

  private static final long WATCHED = TimeUnit.MILLISECONDS.toNanos(8);
  private static final int MUCH = 4;
  private static final long LEAST_WHILE = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long MOST_WHILE = TimeUnit.MILLISECONDS.toNanos(640);

  private static final AtomicInteger BUSY = new AtomicInteger();

  /** From when on helpers are welcome, by {@link System#nanoTime}. Races do no harm. */
  private static volatile long calmFrom = System.nanoTime();

  private static volatile long nextWhile = LEAST_WHILE;

  /** Of the callers that had helpers lately. */
  private static final AtomicLong PASSED = new AtomicLong();

  private static final AtomicLong WAITED = new AtomicLong();

  private Processors() {}

  /** Counts a caller; returns whether it may have helpers. */
  static boolean beginCall() {
    return BUSY.incrementAndGet() < COUNT && isCalm();
  }

  /** Counts a helper, if there is a processor for it. */
  static boolean beginHelp() {
    if (BUSY.incrementAndGet() > COUNT) {
      BUSY.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Counts a caller or helper no more. */
  static void end() {
    BUSY.decrementAndGet();
  }

  private static boolean isCalm() {
    long now = System.nanoTime();
    long calm = now - calmFrom;
    if (calm > nextWhile && nextWhile > LEAST_WHILE) {
      nextWhile /= 2;
      calmFrom = now;
    }
    return calm >= 0;
  }

  /** A caller has worked for some time, and then waited for its helpers. */
  static void add(long worked, long waited) {
    WAITED.addAndGet(waited);
    if (PASSED.addAndGet(worked + waited) < WATCHED) {
      return;
    }
    long passed = PASSED.getAndSet(0);
    if (MUCH * WAITED.getAndSet(0) > passed) {
      calmFrom = System.nanoTime() + nextWhile;
      nextWhile = Math.min(MOST_WHILE, 2 * nextWhile);
    }
  }
}
