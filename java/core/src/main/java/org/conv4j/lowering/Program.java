package org.conv4j.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

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
 * @param outputs the numbers of the values that are returned, all different and written by steps;
 *     none if the outputs are empty, so that there is nothing to write
 * @param outputShapes the shapes of the outputs, as Keras sees them
 */
public record Program(
    List<Shape> inputs,
    Map<Integer, Constant> constants,
    List<Step> steps,
    List<Integer> outputs,
    List<Shape> outputShapes) {
  /**
   * Copies the collections and checks that the steps fit together: every value is there before it
   * is read, is written once, and has as many elements as whoever reads it says.
   *
   * @param inputs see {@link #inputs}
   * @param constants see {@link #constants}
   * @param steps see {@link #steps}
   * @param outputs see {@link #outputs}
   * @param outputShapes see {@link #outputShapes}
   * @throws InvalidLayerException if something is missing, or a value is not there
   * @throws org.conv4j.error.ShapeMismatchException if a value has another number of elements than
   *     its reader says
   */
  public Program {
    inputs = InvalidLayerException.requireCopy(inputs, "The inputs of a program");
    constants = ProgramCheck.copy(constants);
    steps = InvalidLayerException.requireCopy(steps, "The steps of a program");
    outputs = InvalidLayerException.requireCopy(outputs, "The outputs of a program");
    outputShapes =
        InvalidLayerException.requireCopy(outputShapes, "The output shapes of a program");
    ProgramCheck.check(inputs, constants, steps, outputs, outputShapes);
  }

  /**
   * Returns how much arithmetic one run does.
   *
   * @return floating-point operations, as {@link Op#flops} counts them
   */
  public long flops() {
    long sum = 0;
    for (Step step : steps) {
      sum += step.op().flops();
      if (sum < 0) {
        return Long.MAX_VALUE;
      }
    }
    return sum;
  }

  /**
   * Returns the program that computes one of several equal parts of the outputs from the same parts
   * of the inputs, all cut along their first axis: some of the examples of a batch.
   *
   * @param parts how many, at least 2
   * @return the program, or nothing if there are no such parts, or they depend on each other
   */
  public Optional<Program> part(int parts) {
    List<Step> partSteps = new ArrayList<>();
    for (Step step : steps) {
      Optional<Op> op = step.op().part(parts);
      if (op.isEmpty() || !readsParts(step)) {
        return Optional.empty();
      }
      partSteps.add(step.withOp(op.get()));
    }
    Optional<List<Shape>> partInputs = part(inputs, parts);
    Optional<List<Shape>> partOutputs = part(outputShapes, parts);
    return partInputs.isEmpty() || partOutputs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Program(partInputs.get(), constants, partSteps, outputs, partOutputs.get()));
  }

  /** Only constants are there as a whole, and they have no parts. */
  private boolean readsParts(Step step) {
    for (int i = 0; i < step.inputs().size(); i++) {
      boolean isWhole = step.op().inputs().get(i).dim(0) == 1;
      if (isWhole != constants.containsKey(step.inputs().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Optional<List<Shape>> part(List<Shape> shapes, int parts) {
    List<Shape> cut = shapes.stream().flatMap(shape -> Op.part(shape, parts).stream()).toList();
    return cut.size() == shapes.size() ? Optional.of(cut) : Optional.empty();
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
