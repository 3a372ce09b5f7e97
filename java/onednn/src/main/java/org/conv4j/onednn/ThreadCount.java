package org.conv4j.onednn;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;

/** Decides how many threads run an op. */
final class ThreadCount {
  /**
   * Below this much work, about five microseconds of one core, a second thread is not worth its
   * cost. To start and join a team of two was measured to take 1 microsecond while its threads
   * still spin: calls of 1 microsecond get three times as slow with two threads, and from 5
   * microseconds on they get faster. But a caller that rests between calls pays 100 to wake its
   * helpers.
   */
  private static final long SMALL = 500_000;

  /** What moving one element from memory costs, in operations. */
  private static final long OPERATIONS_PER_ELEMENT = 10;

  private ThreadCount() {}

  /** Never more than the processors that this process may use; small ops get one. */
  static int of(Op op, CompileOptions options) {
    long elements = op.output().elementCount();
    for (Shape input : op.inputs()) {
      elements += input.elementCount();
    }
    if (op.flops() + OPERATIONS_PER_ELEMENT * elements < SMALL) {
      return 1;
    }
    return options.threadLimit();
  }

  /** The numbers that tuning compares, that of {@link #of} first. Small ops keep one thread. */
  static int[] worthTrying(Op op, CompileOptions options) {
    int most = of(op, options);
    return most == 1 || !NativeLibrary.isAvailable() ? new int[] {most} : new int[] {most, 1};
  }

  /** Without the native library, OpenMP decides: no other wish can be met, and none is ignored. */
  static void requireOpenMpDefault(CompileOptions options) {
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
  static int openMpDefault(String variable) {
    if (variable != null) {
      String first = variable.split(",", 2)[0].strip();
      if (first.matches("[1-9][0-9]{0,8}")) {
        return Integer.parseInt(first);
      }
    }
    return Runtime.getRuntime().availableProcessors();
  }
}
