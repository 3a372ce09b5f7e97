package org.conv4j.engine;

import org.conv4j.tensor.Tensor;

/** One session's part of a compiled op. Used by one thread at a time. */
public interface OpRunner extends AutoCloseable {
  /**
   * Runs the op. The session has checked sizes and types, and holds all tensors' memory. A tensor
   * may have another shape than the op says, with as many elements: only their row-major order
   * counts.
   *
   * @param inputs the inputs, in the order of {@link org.conv4j.op.Op#inputs}; the array belongs to
   *     the session
   * @param output is overwritten; overlaps no input
   */
  void run(Tensor[] inputs, Tensor output);

  /** Frees what the runner holds outside the Java heap. A second call does nothing. */
  @Override
  default void close() {}
}
