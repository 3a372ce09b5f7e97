package org.conv4j.lowering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.ValueType;
import org.conv4j.weights.Constant;

/**
 * A sequence of ops on numbered values, each of a type. A value is an input of the program (the
 * first numbers), a constant, a state, or written by exactly one step.
 *
 * <p>A value is its elements in row-major order: an op may read it with another shape of as many
 * elements, which is how reshaping costs nothing.
 *
 * @param inputs the types of the inputs, which are the values from 0 on
 * @param constants the constant values by number
 * @param states the values that a session keeps from run to run
 * @param steps the ops in the order they run
 * @param outputs the numbers of the values that are returned, all different and written by steps,
 *     or {@link #NOTHING} for one without elements, which nothing writes
 * @param outputShapes the shapes of the outputs, as Keras sees them
 */
public record Program(
    List<ValueType> inputs,
    Map<Integer, ConstantValue> constants,
    List<State> states,
    List<Step> steps,
    List<Integer> outputs,
    List<Shape> outputShapes) {
  /** Stands for the number of a value without elements. */
  public static final int NOTHING = -1;

  /**
   * Copies the collections and checks that the steps fit together: every value is there before it
   * is read, is written once, and has as many elements as its readers say.
   *
   * @param inputs see {@link #inputs}
   * @param constants see {@link #constants}
   * @param states see {@link #states}
   * @param steps see {@link #steps}
   * @param outputs see {@link #outputs}
   * @param outputShapes see {@link #outputShapes}
   * @throws InvalidLayerException if something is missing, or a value is not there
   * @throws org.conv4j.error.ShapeMismatchException if a value has another number of elements than
   *     its reader says, or a state another type than what takes its place
   */
  public Program {
    inputs = InvalidLayerException.requireCopy(inputs, "The inputs of a program");
    constants = ProgramCheck.copy(constants);
    states = InvalidLayerException.requireCopy(states, "The states of a program");
    steps = InvalidLayerException.requireCopy(steps, "The steps of a program");
    outputs = InvalidLayerException.requireCopy(outputs, "The outputs of a program");
    outputShapes =
        InvalidLayerException.requireCopy(outputShapes, "The output shapes of a program");
    ProgramCheck.values(inputs, constants, states, steps, outputs, outputShapes);
  }

  /**
   * Makes a program without state whose values are float32, as {@link Step} makes them unless told
   * otherwise; for other types see {@link #as}.
   *
   * @param inputs the shapes of the inputs
   * @param constants see {@link #constants}
   * @param steps see {@link #steps}
   * @param outputs see {@link #outputs}
   * @param outputShapes see {@link #outputShapes}
   * @return the program
   * @throws InvalidLayerException if something is missing, or a value is not there
   * @throws org.conv4j.error.ShapeMismatchException if a value has another number of elements than
   *     its reader says
   */
  public static Program of(
      List<Shape> inputs,
      Map<Integer, Constant> constants,
      List<Step> steps,
      List<Integer> outputs,
      List<Shape> outputShapes) {
    List<ValueType> types = new ArrayList<>();
    for (Shape input : InvalidLayerException.requireCopy(inputs, "The inputs of a program")) {
      types.add(ValueType.of(DataType.FLOAT32, input));
    }
    Map<Integer, ConstantValue> values = new LinkedHashMap<>();
    for (Map.Entry<Integer, Constant> constant : ProgramCheck.copy(constants).entrySet()) {
      ValueType type = ValueType.of(DataType.FLOAT32, constant.getValue().shape());
      values.put(constant.getKey(), new ConstantValue(constant.getValue(), type));
    }
    return new Program(types, values, List.of(), steps, outputs, outputShapes);
  }

  /**
   * Returns the values. This takes time in proportion to the number of steps.
   *
   * @return by number; those that are there from the beginning first, then in the order in which
   *     they are written
   */
  public Map<Integer, ProgramValue> values() {
    return ProgramCheck.values(inputs, constants, states, steps, outputs, outputShapes);
  }

  /**
   * Returns the data type of all values.
   *
   * @return the type, or nothing if there are several, or a value is quantized; float32 if there
   *     are no values
   */
  public Optional<DataType> dataType() {
    List<ValueType> types = new ArrayList<>(inputs);
    for (ConstantValue constant : constants.values()) {
      types.add(constant.type());
    }
    for (State state : states) {
      types.add(state.type());
    }
    for (Step step : steps) {
      types.add(step.type());
    }
    DataType only = types.isEmpty() ? DataType.FLOAT32 : types.get(0).dataType();
    for (ValueType type : types) {
      if (type.dataType() != only || type.quantization().isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.of(only);
  }

  /**
   * Returns the same computation in another data type.
   *
   * @param dataType the type of all values of the result, but for quantized ones, which stay what
   *     they are
   * @return the program, or this if nothing changes
   */
  public Program as(DataType dataType) {
    if (dataType().filter(own -> own == dataType).isPresent()) {
      return this;
    }
    List<ValueType> newInputs = new ArrayList<>();
    for (ValueType input : inputs) {
      newInputs.add(as(input, dataType));
    }
    Map<Integer, ConstantValue> newConstants = new LinkedHashMap<>();
    for (Map.Entry<Integer, ConstantValue> constant : constants.entrySet()) {
      ConstantValue value = constant.getValue();
      newConstants.put(constant.getKey(), value.withType(as(value.type(), dataType)));
    }
    List<State> newStates = new ArrayList<>();
    for (State state : states) {
      newStates.add(state.withType(as(state.type(), dataType)));
    }
    List<Step> newSteps = new ArrayList<>();
    for (Step step : steps) {
      newSteps.add(step.withType(as(step.type(), dataType)));
    }
    return new Program(newInputs, newConstants, newStates, newSteps, outputs, outputShapes);
  }

  private static ValueType as(ValueType type, DataType dataType) {
    return type.quantization().isPresent() ? type : type.withDataType(dataType);
  }

  /**
   * Returns the shapes of the inputs.
   *
   * @return the shapes, as Keras sees them
   */
  public List<Shape> inputShapes() {
    List<Shape> shapes = new ArrayList<>();
    for (ValueType input : inputs) {
      shapes.add(input.shape());
    }
    return List.copyOf(shapes);
  }

  /**
   * Returns what a session writes.
   *
   * @return the types of the outputs, with the shapes that Keras sees
   */
  public List<ValueType> outputTypes() {
    Map<Integer, ValueType> written = new HashMap<>();
    for (Step step : steps) {
      written.put(step.output(), step.type());
    }
    DataType unwritten = dataType().orElse(DataType.FLOAT32);
    List<ValueType> types = new ArrayList<>();
    for (int i = 0; i < outputShapes.size(); i++) {
      ValueType type = written.get(outputs.get(i));
      types.add(
          type == null
              ? ValueType.of(unwritten, outputShapes.get(i))
              : type.withShape(outputShapes.get(i)));
    }
    return List.copyOf(types);
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
   * @return the program, or nothing if there are no such parts, they depend on each other, or a
   *     state is kept, which belongs to the batch as a whole
   */
  public Optional<Program> part(int parts) {
    if (!states.isEmpty()) {
      return Optional.empty();
    }
    List<Step> partSteps = new ArrayList<>();
    for (Step step : steps) {
      Optional<Op> op = step.op().part(parts);
      if (op.isEmpty() || !readsParts(step)) {
        return Optional.empty();
      }
      partSteps.add(step.withOp(op.get()));
    }
    List<ValueType> partInputs = new ArrayList<>();
    for (ValueType input : inputs) {
      Optional<Shape> shape = Op.part(input.shape(), parts);
      if (shape.isEmpty()) {
        return Optional.empty();
      }
      partInputs.add(input.withShape(shape.get()));
    }
    List<Shape> partOutputs = new ArrayList<>();
    for (Shape output : outputShapes) {
      Op.part(output, parts).ifPresent(partOutputs::add);
    }
    return partOutputs.size() < outputShapes.size()
        ? Optional.empty()
        : Optional.of(new Program(partInputs, constants, states, partSteps, outputs, partOutputs));
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
    for (State state : states) {
      last = Math.max(last, state.value());
    }
    for (Step step : steps) {
      last = Math.max(last, step.output());
    }
    return last + 1;
  }
}
