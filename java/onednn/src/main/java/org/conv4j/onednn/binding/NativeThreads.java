package org.conv4j.onednn.binding;

import java.util.function.Supplier;

/**
 * The number of OpenMP threads that oneDNN and our kernels use when the calling thread calls them.
 * It belongs to the calling thread. Needs {@link NativeLibrary}.
 */
public final class NativeThreads {
  private NativeThreads() {}

  /**
   * Does something with a number of threads, and puts the caller's own number back. Helpers that
   * sleep are left alone: to compile needs only their number.
   */
  public static <T> T with(int threads, Supplier<T> action) {
    int previous = exchange(threads);
    try {
      return action.get();
    } finally {
      exchange(previous);
    }
  }

  /** Returns the number of threads that the calling thread has now. */
  public static native int get();

  /** Sets the number of threads, at least 1, and returns what it was. */
  private static native int exchange(int threads);

  /**
   * Sets the number of threads, at least 1, and returns what it was, before a run. Wakes the
   * helpers, should they have gone to sleep.
   */
  public static native int begin(int threads);

  /** Puts back the number that {@link #begin} returned. */
  public static native void end(int previous);
}
