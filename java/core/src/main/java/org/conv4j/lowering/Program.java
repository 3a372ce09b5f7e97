package org.conv4j.lowering;

import java.util.List;
import java.util.Map;
import org.conv4j.shape.Shape;

/**
 * A sequence of ops on numbered values. A value is an input of the program (the first numbers), a
 * constant, or written by exactly one step.
 *
 * <p>A value is its elements in row-major order: an op may read it with another shape of as many
 * elements, which is how reshaping costs nothing.
 *
 * @param inputs the shapes of the inputs, which are the values from 0 on
 * @param constants the constant values by number
 * @param steps the ops in the order they run
 * @param outputs the numbers of the values that are returned, all different and written by steps
 * @param outputShapes the shapes of the outputs, as Keras sees them
 */
public record Program(
    List<Shape> inputs,
    Map<Integer, Constant> constants,
    List<Step> steps,
    List<Integer> outputs,
    List<Shape> outputShapes) {
  /**
   * Copies the collections.
   *
   * @param inputs see {@link #inputs}
   * @param constants see {@link #constants}
   * @param steps see {@link #steps}
   * @param outputs see {@link #outputs}
   * @param outputShapes see {@link #outputShapes}
   */
  public Program {
    inputs = List.copyOf(inputs);
    constants = Map.copyOf(constants);
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
    outputShapes = List.copyOf(outputShapes);
  }

  /**
   * Returns how much arithmetic one run does.
   *
   * @return floating-point operations; a multiply-add counts as two
   */
  public long flops() {
    return steps.stream().mapToLong(step -> step.op().flops()).sum();
  }

  /**
   * Returns how many numbers are in use for values.
   *
   * @return one more than the highest number
   */
  public int valueCount() {
    int last = inputs.size() - 1;
    for (int constant : constants.keySet()) {
      last = Math.max(last, constant);
    }
    for (Step step : steps) {
      last = Math.max(last, step.output());
    }
    return last + 1;
  }
}
