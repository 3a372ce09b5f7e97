package org.conv4j.engine;

import org.conv4j.tensor.Tensor;

/** One session's part of a compiled op. Used by one thread at a time. */
public interface OpRunner extends AutoCloseable {
  /**
   * Runs the op. The session has checked shapes and types, and holds both tensors' memory.
   *
   * @param input the input
   * @param output is overwritten
   */
  void run(Tensor input, Tensor output);

  /** Frees what the runner holds. A second call does nothing. */
  @Override
  void close();
}
