package org.conv4j.onednn.choice;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;

/** Decides how many threads run an op. */
public final class ThreadCount {
  /**
   * How many times as long as it takes to share work out that work has to take. Calls as short as
   * that were measured to get three times as slow with two threads, and from five times on to get
   * faster.
   */
  private static final int JOINS = 5;

  private ThreadCount() {}

  /** Never more than the processors that this process may use; small ops get one. */
  public static int of(Op op, CompileOptions options) {
    return isSmall(op, Machine.host()) ? 1 : options.threadLimit();
  }

  static boolean isSmall(Op op, Machine machine) {
    long elements = op.output().elementCount();
    for (Shape input : op.inputs()) {
      elements += input.elementCount();
    }
    return machine.nanoseconds(op.flops(), elements) < JOINS * machine.joinNanoseconds();
  }

  /** The numbers that tuning compares, that of {@link #of} first. Small ops keep one thread. */
  public static int[] worthTrying(Op op, CompileOptions options) {
    int most = of(op, options);
    return most == 1 || !NativeLibrary.isAvailable() ? new int[] {most} : new int[] {most, 1};
  }

  /** Without the native library, OpenMP decides: no other wish can be met, and none is ignored. */
  public static void requireOpenMpDefault(CompileOptions options) {
    int openMp = openMpDefault(System.getenv("OMP_NUM_THREADS"));
    int wanted = options.mode() == PerformanceMode.THROUGHPUT ? 1 : options.threads();
    if (wanted != 0 && wanted != openMp) {
      throw new UnsupportedByEngineException(
          ("threads = %d cannot be set without conv4j's native library (%s); expected %d, which"
                  + " OpenMP uses in this process, or 0. To change it, start the process with the"
                  + " environment variable OMP_NUM_THREADS=%d.")
              .formatted(wanted, NativeLibrary.unavailabilityCause().getMessage(), openMp, wanted));
    }
  }

  /** What OpenMP takes from its environment variable: a list of one number for each nesting. */
  public static int openMpDefault(String variable) {
    if (variable != null) {
      String first = variable.split(",", 2)[0].strip();
      if (first.matches("[1-9][0-9]{0,8}")) {
        return Integer.parseInt(first);
      }
    }
    return Runtime.getRuntime().availableProcessors();
  }
}
