package org.conv4j.engine;

import org.conv4j.plan.Plan;
import org.conv4j.tensor.internal.Memory;

/**
 * One op compiled by an engine: immutable, safe for any thread, owner of its packed weights. {@link
 * Plan} closes it after the last runner.
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
   * @return for example oneDNN's {@code brgconv:avx512_core}
   */
  String implementation();

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
   * @return bytes, possibly 0
   */
  long scratchpadBytes();

  /**
   * Makes what one session needs to run this op.
   *
   * @param scratchpad a block of at least {@link #scratchpadBytes} that the session owns, shared by
   *     its ops, which run one after the other
   * @return the runner, which the session closes
   */
  @SuppressWarnings("exports") // Only engines of our own modules see Memory.
  OpRunner newRunner(Memory scratchpad);

  /** Frees the packed weights. A second call does nothing. */
  @Override
  void close();
}
