package org.conv4j.engine;

/**
 * One op compiled by an engine: immutable, safe for any thread, owner of its packed weights. A plan
 * closes it after the last runner.
 */
public interface CompiledOp extends AutoCloseable {
  /**
   * Returns which of the engine's kernel candidates was chosen.
   *
   * @return the candidate's name
   */
  String kernel();

  /**
   * Returns the implementation behind the kernel, as a library below names it.
   *
   * @return for example oneDNN's {@code brgconv:avx512_core}; the kernel's name unless the op says
   *     otherwise
   */
  default String implementation() {
    return kernel();
  }

  /**
   * Returns how many threads run it.
   *
   * @return at least 1
   */
  default int threads() {
    return 1;
  }

  /**
   * Returns how much temporary memory a run needs.
   *
   * @return bytes; 0 unless the op says otherwise
   */
  default long scratchpadBytes() {
    return 0;
  }

  /**
   * Makes what one session needs to run this op.
   *
   * @param scratchpad has at least {@link #scratchpadBytes}; the session closes it after the runner
   * @return the runner, which the session closes
   */
  OpRunner newRunner(Scratchpad scratchpad);

  /** Frees the packed weights, if they are outside the Java heap. A second call does nothing. */
  @Override
  default void close() {}
}
