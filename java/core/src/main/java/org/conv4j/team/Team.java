package org.conv4j.team;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Work for several threads at once: the caller's and helpers, which are daemon threads that all
 * teams of the process share. {@link #run} allocates nothing once the helpers exist.
 *
 * <p>Used by one caller at a time.
 */
public final class Team {
  private static final int SPINS = 2000;

  private final Runnable callersWork;
  private final Member[] helpers;
  private final AtomicInteger working = new AtomicInteger();
  private volatile Thread waiting;
  private volatile Throwable failure;

  /**
   * Puts a team together.
   *
   * @param work what each thread does in a run; the caller's comes first
   */
  public Team(List<? extends Runnable> work) {
    callersWork = work.get(0);
    helpers = work.subList(1, work.size()).stream().map(Member::new).toArray(Member[]::new);
  }

  /** Ends the helpers that have nothing to do; new ones are started when they are needed. */
  public static void dismissIdleHelpers() {
    HelperThread.dismissIdle();
  }

  /**
   * Does all work and waits until it is done.
   *
   * @throws RuntimeException what a thread's work threw, when the other threads are done too
   */
  public void run() {
    waiting = Thread.currentThread();
    failure = null;
    try {
      for (Member helper : helpers) {
        start(helper);
      }
      callersWork.run();
    } finally {
      await();
      waiting = null;
    }
    rethrow(failure);
  }

  private void start(Member helper) {
    working.incrementAndGet();
    try {
      HelperThread.start(helper);
    } catch (RuntimeException | Error notStarted) {
      working.decrementAndGet();
      throw notStarted;
    }
  }

  private void await() {
    for (int spin = 0; working.get() > 0; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  private final class Member implements HelperThread.Task {
    private final Runnable work;

    private Member(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        work.run();
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
      }
    }

    @Override
    public void finished() {
      Thread caller = waiting;
      working.decrementAndGet();
      LockSupport.unpark(caller);
    }
  }
}
