package org.conv4j.onednn.choice;

import java.util.function.Supplier;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.NativeThreads;
import org.conv4j.tensor.Tensor;
import org.conv4j.tuning.Candidate;

/**
 * An op that runs with the number of threads it was compiled for, whatever the calling thread's
 * own. This is more than a courtesy: some of oneDNN's implementations size their scratchpad for the
 * threads of the thread that created them, then run with the threads of the caller.
 *
 * @param op what runs
 * @param threads the number of threads
 */
public record ThreadedOp(CompiledOp op, int threads) implements CompiledOp {
  /**
   * Compiles an op for a number of threads, or for one, if the implementation is one of those whose
   * threads wait for each other; without the native library, for OpenMP's.
   */
  public static Compilation compile(int threads, Supplier<Compilation> compiler) {
    if (!NativeLibrary.isAvailable()) {
      return compiler.get();
    }
    Compilation made = NativeThreads.with(threads, compiler);
    if (made.isDeclined()) {
      return made;
    }
    if (threads > 1 && waits(made.op().implementation())) {
      made.op().close();
      return compile(1, compiler);
    }
    return Compilation.of(new ThreadedOp(made.op(), threads));
  }

  /**
   * Whether the pieces of an implementation cannot be done one after the other. In oneDNN 3.11
   * those of its older matrix products wait for each other, called "gemm" also where others use
   * them, and of what conv4j uses no others; "brgemm" are the newer ones.
   */
  static boolean waits(String implementation) {
    for (int at = implementation.indexOf("gemm"); at >= 0; ) {
      if (!implementation.startsWith("br", at - 2)) {
        return true;
      }
      at = implementation.indexOf("gemm", at + 1);
    }
    return false;
  }

  /**
   * A kernel with a number of threads, as a way that tuning may choose. If it declines the op, its
   * exception's message is the reason.
   */
  public static Candidate candidate(String kernel, int threads, Supplier<Compilation> compiler) {
    return new Candidate(
        kernel + "/" + threads,
        () -> {
          Compilation made = compile(threads, compiler);
          if (made.isDeclined()) {
            throw new UnsupportedByEngineException(made.reason());
          }
          return made.op();
        });
  }

  @Override
  public String kernel() {
    return op.kernel();
  }

  @Override
  public String implementation() {
    return op.implementation();
  }

  @Override
  public long scratchpadBytes() {
    return op.scratchpadBytes();
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    OpRunner runner = op.newRunner(scratchpad);
    return new OpRunner() {
      @Override
      public void run(Tensor[] inputs, Tensor output) {
        long previous = NativeThreads.begin(threads);
        try {
          runner.run(inputs, output);
        } finally {
          NativeThreads.end(previous);
        }
      }

      @Override
      public void close() {
        runner.close();
      }
    };
  }

  @Override
  public void close() {
    op.close();
  }
}
