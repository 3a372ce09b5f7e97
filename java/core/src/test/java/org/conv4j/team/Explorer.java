package org.conv4j.team;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;

/**
 * Runs a few threads in every order of their steps, where a step is one read or change of a {@link
 * Word}: each order once, one step at a time.
 */
final class Explorer {
  /** What may be broken, to see that it is noticed: a step that is a read and then a write. */
  enum Broken {
    NOTHING,
    ADD,
    REPLACE
  }

  private final Broken broken;

  /** What each thread that is not done waits for before its next step. */
  private final List<Actor> waiting = new ArrayList<>();

  /** The one that has the turn tells here that it has come to its next step, or is done. */
  private final SynchronousQueue<Boolean> arrivals = new SynchronousQueue<>();

  private final ThreadLocal<Actor> current = new ThreadLocal<>();

  Explorer(Broken broken) {
    this.broken = broken;
  }

  /** A few threads that share words, and what must be so at the end. */
  interface Scenario {
    /** Makes new words by {@link Explorer#word}, and the threads that use them. */
    List<Runnable> threads();

    /** Returns whether all is right when the threads are done. */
    boolean isRight();
  }

  /** A word whose steps are watched. */
  Word word() {
    return new Word() {
      @Override
      int get() {
        step();
        return super.get();
      }

      @Override
      void set(int next) {
        step();
        super.set(next);
      }

      @Override
      int add(int delta) {
        if (broken != Broken.ADD) {
          step();
          return super.add(delta);
        }
        int sum = get() + delta;
        set(sum);
        return sum;
      }

      @Override
      boolean replace(int expected, int next) {
        if (broken != Broken.REPLACE) {
          step();
          return super.replace(expected, next);
        }
        if (get() != expected) {
          return false;
        }
        set(next);
        return true;
      }
    };
  }

  private final class Actor implements Runnable {
    private final Runnable work;
    private final SynchronousQueue<Boolean> turns = new SynchronousQueue<>();

    private Actor(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      current.set(this);
      take(turns);
      try {
        work.run();
      } finally {
        put(arrivals, false);
      }
    }

    /** Lets it do its next step; returns whether another one follows. */
    private boolean go() {
      put(turns, true);
      return take(arrivals);
    }
  }

  private void step() {
    Actor actor = current.get();
    if (actor != null) {
      put(arrivals, true);
      take(actor.turns);
    }
  }

  /**
   * Tries all orders.
   *
   * @return how many orders there are, or minus the number of the first that ends wrong
   */
  int explore(Scenario scenario) throws InterruptedException {
    List<Integer> choices = new ArrayList<>();
    for (int order = 1; ; order++) {
      List<Integer> of = new ArrayList<>();
      runOne(scenario.threads(), choices, of);
      if (!scenario.isRight()) {
        return -order;
      }
      // The next order differs in the last choice that has another one left.
      int last = choices.size() - 1;
      while (last >= 0 && choices.get(last) + 1 == of.get(last)) {
        choices.remove(last--);
      }
      if (last < 0) {
        return order;
      }
      choices.set(last, choices.get(last) + 1);
    }
  }

  /** Follows the choices, then takes the first one each time; notes of how many each was. */
  private void runOne(List<Runnable> work, List<Integer> choices, List<Integer> of)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    waiting.clear();
    for (Runnable one : work) {
      Actor actor = new Actor(one);
      Thread thread = new Thread(actor, "explored");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
      // Up to its first step nothing is shared.
      if (actor.go()) {
        waiting.add(actor);
      }
    }
    while (!waiting.isEmpty()) {
      int choice = of.size() < choices.size() ? choices.get(of.size()) : 0;
      if (of.size() == choices.size()) {
        choices.add(choice);
      }
      of.add(waiting.size());
      Actor actor = waiting.get(choice);
      if (!actor.go()) {
        waiting.remove(actor);
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static <T> void put(SynchronousQueue<T> queue, T value) {
    try {
      queue.put(value);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private static <T> T take(SynchronousQueue<T> queue) {
    try {
      return queue.take();
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
