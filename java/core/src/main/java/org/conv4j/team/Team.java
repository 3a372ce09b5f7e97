package org.conv4j.team;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Work in pieces for several threads at once: the caller's and helpers, which are daemon threads
 * that all teams of the process share. Whoever is running takes the next piece. A helper that has
 * not come yet is not waited for, one that has come only until it is done with its piece. Callers
 * and helpers together keep no more threads busy than there are processors, and there are no
 * helpers for a while where other processes want them, too. {@link #run} allocates nothing once the
 * helpers exist.
 *
 * <p>Used by one caller at a time.
 */
public final class Team {
  private static final int SPINS = 2000;

  /** With fewer pieces for each thread, to wait for the last one tells nothing of the machine. */
  private static final int MANY = 8;

  private final IntConsumer callersWork;
  private final Member[] helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final Word present = new Word();
  private int pieces;
  private volatile Thread waiting;
  private volatile Throwable failure;

  /**
   * Puts a team together.
   *
   * @param work how each thread does a piece, whose number it is given; the caller's comes first
   */
  public Team(List<? extends IntConsumer> work) {
    callersWork = work.get(0);
    helpers = work.subList(1, work.size()).stream().map(Member::new).toArray(Member[]::new);
  }

  /** Ends the helpers that have nothing to do; new ones are started when they are needed. */
  public static void dismissIdleHelpers() {
    HelperThread.dismissIdle();
  }

  /**
   * Does all pieces, each once and by any of the threads, and waits until they are done.
   *
   * @param count how many pieces there are
   * @throws RuntimeException what the work on a piece threw, when the other threads are done too;
   *     pieces that nobody had begun are left undone then
   */
  public void run(int count) {
    pieces = count;
    failure = null;
    waiting = Thread.currentThread();
    next.set(0);
    boolean helped = Processors.beginCall() && count > 1;
    long start = helped ? System.nanoTime() : 0;
    try {
      if (helped) {
        offer(Math.min(helpers.length, count - 1));
      }
      work(callersWork);
    } finally {
      if (helped) {
        withdraw();
        await(System.nanoTime() - start);
      }
      Processors.end();
      waiting = null;
    }
    rethrow(failure);
  }

  private void work(IntConsumer worker) {
    try {
      for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
        worker.accept(piece);
      }
    } catch (RuntimeException | Error thrown) {
      // The result is lost: no need to finish it.
      next.set(pieces);
      throw thrown;
    }
  }

  private void offer(int wanted) {
    for (int i = 0; i < wanted; i++) {
      helpers[i].offer();
    }
  }

  private void withdraw() {
    for (Member helper : helpers) {
      helper.withdraw();
    }
  }

  private void await(long worked) {
    long start = System.nanoTime();
    for (int spin = 0; present.get() > 0; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
    if (pieces >= MANY * (helpers.length + 1)) {
      long now = System.nanoTime();
      Processors.add(now, worked, now - start);
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

  /** A helper's place in the team, and its worker. */
  private final class Member implements HelperThread.Task {
    private final IntConsumer worker;
    private final Place place = new Place(new Word(), present);

    /** A helper was sent for and has not come yet. */
    private volatile boolean sentFor;

    private Member(IntConsumer worker) {
      this.worker = worker;
    }

    /** Called when nobody is here. */
    private void offer() {
      place.offer();
      if (!sentFor) {
        sentFor = true;
        if (!HelperThread.start(this)) {
          sentFor = false;
        }
      }
    }

    private void withdraw() {
      place.withdraw();
    }

    @Override
    public boolean run() {
      sentFor = false;
      if (!Processors.beginHelp()) {
        return false;
      }
      boolean taken = place.take();
      if (taken) {
        try {
          work(worker);
        } catch (RuntimeException | Error thrown) {
          failure = thrown;
        }
      } else {
        leave();
      }
      Processors.end();
      return taken;
    }

    @Override
    public void finished() {
      place.giveBack();
      leave();
    }

    private void leave() {
      Thread caller = waiting;
      if (place.leave()) {
        LockSupport.unpark(caller);
      }
    }
  }
}
