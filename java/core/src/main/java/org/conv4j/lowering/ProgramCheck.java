package org.conv4j.lowering;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ValueType;

/** What a program must be like for a session to run it without looking again. */
final class ProgramCheck {
  /** Sessions keep an array with a place for each number. */
  private static final int MAX_VALUES = 1 << 22;

  /** By number. Inputs, constants and states are there from the beginning. */
  private final Map<Integer, ProgramValue> values = new LinkedHashMap<>();

  /** What steps have written and neither an output nor a state has taken. */
  private final Set<Integer> written = new HashSet<>();

  private ProgramCheck() {}

  static <T> Map<Integer, T> copy(Map<Integer, T> constants) {
    try {
      return Map.copyOf(constants);
    } catch (NullPointerException missing) {
      throw new InvalidLayerException(
          "The constants of a program must not be null, nor contain it.", missing);
    }
  }

  /** The values of a legal program; others are refused. */
  static Map<Integer, ProgramValue> values(
      List<ValueType> inputs,
      Map<Integer, ConstantValue> constants,
      List<State> states,
      List<Step> steps,
      List<Integer> outputs,
      List<Shape> outputShapes) {
    ProgramCheck check = new ProgramCheck();
    for (int i = 0; i < inputs.size(); i++) {
      check.add(i, ValueKind.INPUT, inputs.get(i), "the program");
    }
    for (Map.Entry<Integer, ConstantValue> constant : constants.entrySet()) {
      check.add(constant.getKey(), ValueKind.CONSTANT, constant.getValue().type(), "the program");
    }
    for (State state : states) {
      check.add(state.value(), ValueKind.STATE, state.type(), "the program");
    }
    for (Step step : steps) {
      check.step(step);
    }
    for (State state : states) {
      check.next(state);
    }
    check.outputs(outputs, outputShapes);
    return check.values;
  }

  private void step(Step step) {
    for (int i = 0; i < step.inputs().size(); i++) {
      requireSize(step.inputs().get(i), step.op().inputs().get(i), step.layer());
    }
    add(step.output(), ValueKind.INNER, step.type(), step.layer());
    written.add(step.output());
  }

  private void add(int value, ValueKind kind, ValueType type, String layer) {
    if (value < 0 || value >= MAX_VALUES) {
      throw new InvalidLayerException(
          "Layer '%s': the number of a value must be from 0 to %d; given %d."
              .formatted(layer, MAX_VALUES - 1, value));
    }
    if (values.put(value, new ProgramValue(kind, type)) != null) {
      throw new InvalidLayerException(
          "Layer '%s': value %d is an input, a constant, a state or written already."
              .formatted(layer, value));
    }
  }

  private void requireSize(int value, Shape shape, String reader) {
    ProgramValue found = values.get(value);
    if (found == null) {
      throw new InvalidLayerException(
          "Layer '%s' reads value %d before anything writes it.".formatted(reader, value));
    }
    ValueType type = found.type();
    if (type.shape().elementCount() != shape.elementCount()) {
      throw new ShapeMismatchException(
          "Layer '%s' reads value %d as %s; it has %d elements."
              .formatted(reader, value, shape, type.shape().elementCount()));
    }
    // A quantization whose axis another shape does not have is refused here.
    type.withShape(shape);
  }

  private void next(State state) {
    requireSize(state.next(), state.type().shape(), "state");
    ValueType next = values.get(state.next()).type();
    if (next.dataType() != state.type().dataType()
        || !next.quantization().equals(state.type().quantization())) {
      throw new ShapeMismatchException(
          "The state %d is %s; what takes its place, value %d, is %s."
              .formatted(state.value(), state.type(), state.next(), next));
    }
    if (!written.remove(state.next())) {
      throw new InvalidLayerException(
          "What takes the place of state %d must be written by a step, and for no other state; given %d."
              .formatted(state.value(), state.next()));
    }
    values.put(state.next(), new ProgramValue(ValueKind.STATE, next));
  }

  private void outputs(List<Integer> outputs, List<Shape> shapes) {
    if (outputs.size() != shapes.size()) {
      throw new ShapeMismatchException(
          "A program of %d outputs needs as many shapes of them; given %s."
              .formatted(outputs.size(), shapes));
    }
    for (int i = 0; i < outputs.size(); i++) {
      int output = outputs.get(i);
      if (output == Program.NOTHING && shapes.get(i).isEmpty()) {
        continue;
      }
      requireSize(output, shapes.get(i), "output");
      if (!written.remove(output)) {
        throw new InvalidLayerException(
            "The outputs of a program must be different values that steps write, and no states; given %s."
                .formatted(outputs));
      }
      values.put(output, new ProgramValue(ValueKind.OUTPUT, values.get(output).type()));
    }
  }
}
