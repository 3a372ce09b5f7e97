package org.conv4j.bench.peers;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** Settings of this process that some libraries need before they are loaded; glibc only. */
public final class Libc {
  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_THRESHOLD = -3;

  private static final int LARGEST_MMAP_THRESHOLD = 32 << 20;
  private static final int NEVER = 1 << 30;
  private static final int SPARE = 64 << 20;

  private Libc() {}

  /**
   * Tells {@code malloc} to keep what is freed. Rivals that cannot be given an output allocate one
   * per call; if the pages go back to the system in between, faulting them in again costs more than
   * the convolution, and the rival would be measured at its worst.
   */
  public static void keepFreedMemory() {
    if (!Platform.isLinux()) {
      return;
    }
    call("mallopt", M_MMAP_THRESHOLD, LARGEST_MMAP_THRESHOLD);
    call("mallopt", M_TRIM_THRESHOLD, NEVER);
    call("mallopt", M_TOP_PAD, SPARE);
  }

  /** Sets an environment variable that native code reads; {@link System#getenv} does not see it. */
  public static void setEnvironment(String name, String value) {
    if (Platform.isLinux()) {
      call("setenv", name, value, 1);
    }
  }

  private static int call(String function, Object... arguments) {
    Function address = NativeLibrary.getProcess().getFunction(function);
    return address.invokeInt(arguments);
  }
}
