package org.conv4j.limit;

import org.conv4j.error.LimitExceededException;

/** Counts what is taken of a limit. Not thread-safe. */
public final class Budget {
  private final Limit limit;
  private final long most;
  private final String what;
  private long left;

  Budget(Limit limit, long most, String what) {
    this.limit = limit;
    this.most = most;
    this.what = what;
    this.left = most;
  }

  /**
   * Takes some.
   *
   * @param amount how much, at least 0
   * @throws LimitExceededException if less than that is left
   */
  public void spend(long amount) {
    if (!trySpend(amount)) {
      throw limit.exceeded(what, most);
    }
  }

  /**
   * Takes some if enough is left.
   *
   * @param amount how much, at least 0
   * @return whether it was taken
   */
  public boolean trySpend(long amount) {
    if (amount > left) {
      return false;
    }
    left -= amount;
    return true;
  }
}
