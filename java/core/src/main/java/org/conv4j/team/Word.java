package org.conv4j.team;

import java.util.concurrent.atomic.AtomicInteger;

/** A number that threads read and change in single steps. Not final: a test watches the steps. */
class Word {
  private final AtomicInteger value = new AtomicInteger();

  int get() {
    return value.get();
  }

  void set(int next) {
    value.set(next);
  }

  /** Returns the sum. */
  int add(int delta) {
    return value.addAndGet(delta);
  }

  /** Sets it if it is what was expected; returns whether it was. */
  boolean replace(int expected, int next) {
    return value.compareAndSet(expected, next);
  }
}
