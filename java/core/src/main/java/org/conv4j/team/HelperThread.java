package org.conv4j.team;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that works for whichever team needs one. Those that have nothing to do wait in a
 * pool of the process, and end after a while. Handing over work allocates nothing.
 */
final class HelperThread implements Runnable {
  /** What a helper does. */
  interface Task {
    /**
     * Does it; must not throw.
     *
     * @return whether to call {@link #finished}
     */
    boolean run();

    /** Called last, when the helper is free for other tasks. */
    void finished();
  }

  private static final int SPINS = 2000;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Guarded by itself. */
  private static final Deque<HelperThread> IDLE = new ArrayDeque<>();

  private volatile Task task;
  private Thread thread;

  /** What a helper does last. */
  private static final Task LEAVE =
      new Task() {
        @Override
        public boolean run() {
          return false;
        }

        @Override
        public void finished() {}
      };

  private HelperThread(Task task) {
    this.task = task;
  }

  /**
   * Lets an idle helper, or a new one, do a task.
   *
   * @return whether there is one: the process may have no threads left
   */
  static boolean start(Task task) {
    HelperThread idle;
    synchronized (IDLE) {
      idle = IDLE.pollLast();
    }
    if (idle != null) {
      idle.task = task;
      LockSupport.unpark(idle.thread);
      return true;
    }
    HelperThread helper = new HelperThread(task);
    // A helper outlives the caller's task, so it must not hold what the caller's thread inherits.
    helper.thread = new Thread(null, helper, "conv4j-helper", 0, false);
    helper.thread.setContextClassLoader(null);
    helper.thread.setDaemon(true);
    try {
      helper.thread.start();
      return true;
    } catch (OutOfMemoryError none) {
      return false;
    }
  }

  /** Ends the helpers that are idle. */
  static void dismissIdle() {
    while (true) {
      HelperThread idle;
      synchronized (IDLE) {
        idle = IDLE.pollLast();
      }
      if (idle == null) {
        return;
      }
      idle.task = LEAVE;
      LockSupport.unpark(idle.thread);
    }
  }

  @Override
  public void run() {
    while (awaitTask()) {
      Task current = task;
      if (current == LEAVE) {
        return;
      }
      task = null;
      boolean done = current.run();
      // First free, then finished: the team may need a helper again at once.
      synchronized (IDLE) {
        IDLE.addLast(this);
      }
      if (done) {
        current.finished();
      }
    }
  }

  /** Returns whether there is a task; if not, this helper has left the pool. */
  private boolean awaitTask() {
    long start = System.nanoTime();
    for (int spin = 0; task == null; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, IDLE_NANOS);
        if (System.nanoTime() - start >= IDLE_NANOS && leavePool()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Fails if somebody has taken this helper and is about to give it a task. */
  private boolean leavePool() {
    synchronized (IDLE) {
      return IDLE.remove(this);
    }
  }
}
