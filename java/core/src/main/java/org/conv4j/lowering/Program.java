package org.conv4j.lowering;

import java.util.List;
import org.conv4j.shape.Shape;

/**
 * A sequence of ops on numbered values: value 0 is the input, and the last step writes the output.
 *
 * @param input the input's shape
 * @param output the output's shape
 * @param steps the ops in the order they run, at least one
 */
public record Program(Shape input, Shape output, List<Step> steps) {
  /**
   * Copies the list of steps.
   *
   * @param input see {@link #input}
   * @param output see {@link #output}
   * @param steps see {@link #steps}
   */
  public Program {
    steps = List.copyOf(steps);
  }

  /**
   * Returns how much arithmetic one run does.
   *
   * @return floating-point operations; a multiply-add counts as two
   */
  public long flops() {
    return steps.stream().mapToLong(step -> step.op().flops()).sum();
  }
}
