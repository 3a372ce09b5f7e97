package org.conv4j.tensor.internal;

/**
 * How many still need what an owner has made. It is freed when the owner has closed it and the last
 * of its users has ended. Safe for any thread.
 */
public final class SharedResources {
  private final String closedMessage;
  private final Runnable free;

  /** Those who need it, plus one while the owner has not closed it. Guarded by this. */
  private int users = 1;

  private boolean closed;

  /**
   * Begins with the owner as the only user.
   *
   * @param closedMessage what those are told who come after the end
   * @param free frees everything; called once, on the thread of the last one to end
   */
  public SharedResources(String closedMessage, Runnable free) {
    this.closedMessage = closedMessage;
    this.free = free;
  }

  /**
   * Adds a user, who must {@link #release}.
   *
   * @throws IllegalStateException if the owner has closed this
   */
  public synchronized void acquire() {
    if (closed) {
      throw new IllegalStateException(closedMessage);
    }
    users++;
  }

  /** Ends a user. */
  public void release() {
    synchronized (this) {
      users--;
      if (users > 0) {
        return;
      }
    }
    free.run();
  }

  /** Ends the owner's use; there can be no new users. A second call does nothing. */
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    release();
  }
}
