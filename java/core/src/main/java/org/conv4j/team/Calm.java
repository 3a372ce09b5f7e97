package org.conv4j.team;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Whether the processors are free for helpers. Where others want them, too, helpers do harm: for
 * each few milliseconds that one works, the system puts it aside for as long, and its caller waits.
 * So there are none for a while after callers had to wait, which gets longer from time to time, and
 * shorter when all goes well. The while ends early when the system says that a processor is free,
 * at two looks one after the other. Times are those of {@link System#nanoTime}. Safe for any
 * thread; races do no harm.
 */
final class Calm {
  static final long WATCHED = TimeUnit.MILLISECONDS.toNanos(8);
  static final long LEAST_WHILE = TimeUnit.MILLISECONDS.toNanos(10);
  static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long MOST_WHILE = TimeUnit.MILLISECONDS.toNanos(640);
  private static final int MUCH = 4;
  private static final int LOOKS = 2;

  private final BooleanSupplier hasFreeProcessor;

  /** From when on helpers are welcome. */
  private volatile long from;

  private volatile long nextWhile = LEAST_WHILE;
  private final AtomicLong nextLook;
  private final AtomicInteger free = new AtomicInteger();

  /** Of the callers that had helpers lately. */
  private final AtomicLong passed = new AtomicLong();

  private final AtomicLong waited = new AtomicLong();

  /**
   * Begins calm.
   *
   * @param now the time
   * @param hasFreeProcessor whether the system says that a processor is free
   */
  Calm(long now, BooleanSupplier hasFreeProcessor) {
    this.hasFreeProcessor = hasFreeProcessor;
    from = now;
    nextLook = new AtomicLong(now);
  }

  /** Whether helpers are welcome. */
  boolean at(long now) {
    long calm = now - from;
    if (calm < 0) {
      return endsEarly(now);
    }
    if (calm > nextWhile && nextWhile > LEAST_WHILE) {
      nextWhile /= 2;
      from = now;
    }
    return true;
  }

  /** A caller has worked for some time until now, and then waited for its helpers. */
  void add(long now, long worked, long alsoWaited) {
    waited.addAndGet(alsoWaited);
    if (passed.addAndGet(worked + alsoWaited) < WATCHED) {
      return;
    }
    long all = passed.getAndSet(0);
    if (MUCH * waited.getAndSet(0) > all) {
      from = now + nextWhile;
      nextWhile = Math.min(MOST_WHILE, 2 * nextWhile);
    }
  }

  private boolean endsEarly(long now) {
    long look = nextLook.get();
    // Of several callers one looks.
    if (now - look < 0 || !nextLook.compareAndSet(look, now + BETWEEN_LOOKS)) {
      return false;
    }
    if (!hasFreeProcessor.getAsBoolean()) {
      free.set(0);
      return false;
    }
    if (free.incrementAndGet() < LOOKS) {
      return false;
    }
    free.set(0);
    from = now;
    return true;
  }
}
