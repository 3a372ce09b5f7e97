package org.conv4j.onednn;

import java.util.function.Supplier;

/**
 * The number of OpenMP threads that oneDNN and our kernels use when the calling thread calls them.
 * It belongs to the calling thread. Needs {@link NativeLibrary}.
 */
final class NativeThreads {
  private NativeThreads() {}

  /** Runs something with a number of threads, and puts the caller's own number back. */
  static <T> T with(int threads, Supplier<T> action) {
    int previous = begin(threads);
    try {
      return action.get();
    } finally {
      end(previous);
    }
  }

  /** Returns the number of threads that the calling thread has now. */
  static native int get();

  /**
   * Sets the number of threads, at least 1, and returns what it was. Wakes the helpers, should they
   * have gone to sleep.
   */
  static native int begin(int threads);

  /** Puts back the number that {@link #begin} returned. */
  static native void end(int previous);
}
