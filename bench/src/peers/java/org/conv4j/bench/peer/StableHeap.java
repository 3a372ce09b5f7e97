package org.conv4j.bench.peer;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Tells glibc's {@code malloc} to keep what is freed. Rivals that cannot be given an output
 * allocate one per call; if the pages go back to the system in between, faulting them in again
 * costs more than the convolution, and the rival would be measured at its worst.
 */
final class StableHeap {
  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_THRESHOLD = -3;

  private static final int LARGEST_MMAP_THRESHOLD = 32 << 20;
  private static final int NEVER = 1 << 30;
  private static final int SPARE = 64 << 20;

  private StableHeap() {}

  static void keepFreedMemory() {
    if (!Platform.isLinux()) {
      return;
    }
    Function mallopt = NativeLibrary.getProcess().getFunction("mallopt");
    set(mallopt, M_MMAP_THRESHOLD, LARGEST_MMAP_THRESHOLD);
    set(mallopt, M_TRIM_THRESHOLD, NEVER);
    set(mallopt, M_TOP_PAD, SPARE);
  }

  private static void set(Function mallopt, int parameter, int value) {
    if (mallopt.invokeInt(new Object[] {parameter, value}) == 0) {
      throw new IllegalStateException("mallopt(" + parameter + ", " + value + ") was refused");
    }
  }
}
