package org.conv4j.engine;

import org.conv4j.tensor.Tensor;

/** The runner of an op that has one input. */
public interface SingleInputRunner extends OpRunner {
  /**
   * Runs the op, as {@link #run(Tensor[], Tensor)} says.
   *
   * @param input the input
   * @param output is overwritten
   */
  void run(Tensor input, Tensor output);

  @Override
  default void run(Tensor[] inputs, Tensor output) {
    run(inputs[0], output);
  }
}
