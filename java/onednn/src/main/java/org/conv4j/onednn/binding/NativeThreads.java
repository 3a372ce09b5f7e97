package org.conv4j.onednn.binding;

import java.util.function.Supplier;

/**
 * How many threads take part in what the calling thread computes with oneDNN and our kernels: its
 * own, and helpers from the pool of {@code native/src/workers.hpp}, which all plans share. It
 * belongs to the calling thread; outside of a run, and for who calls oneDNN without conv4j, OpenMP
 * decides. Needs {@link NativeLibrary}.
 */
public final class NativeThreads {
  /**
   * Into how many pieces for each thread oneDNN cuts its work: more than one, so that a thread that
   * comes late, or is put aside, leaves what it has no time for to the others.
   */
  private static final int PIECES = 4;

  /** The same for more threads than {@link #FEW}, whose pieces are small anyway. */
  private static final int PIECES_OF_MANY = 2;

  private static final int FEW = 4;

  private NativeThreads() {}

  /**
   * Leads oneDNN's calls of OpenMP to the pool.
   *
   * @param library an address inside of oneDNN's library
   * @param processors how many threads the pool may keep busy, the callers' included
   * @return why that cannot be done, or null
   */
  static native String start(long library, int processors);

  /** Does something with a number of threads, and puts the caller's own number back. */
  public static <T> T with(int threads, Supplier<T> action) {
    long previous = begin(threads);
    try {
      return action.get();
    } finally {
      end(previous);
    }
  }

  /** Returns the number of threads that the calling thread has now; 1 if nobody has set it. */
  public static int get() {
    long now = exchange(0);
    exchange(now);
    return Math.max(1, (int) (now >> Integer.SIZE));
  }

  /** Sets the number of threads, at least 1, and returns what {@link #end} puts back. */
  public static long begin(int threads) {
    return exchange((long) threads << Integer.SIZE | pieces(threads));
  }

  private static int pieces(int threads) {
    if (threads == 1) {
      return 1;
    }
    return threads * (threads <= FEW ? PIECES : PIECES_OF_MANY);
  }

  /** Puts back what {@link #begin} returned. */
  public static void end(long previous) {
    exchange(previous);
  }

  /** The number of threads in the upper half, that of oneDNN's pieces in the lower one. */
  private static native long exchange(long threads);

  /** Ends the helpers, which come back when they are needed. */
  public static native void dismiss();

  /** Returns how many helpers there are. */
  public static native int helpers();
}
