package org.conv4j.lowering;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** What a program must be like for a session to run it without looking again. */
final class ProgramCheck {
  /** Sessions keep an array with a place for each number. */
  private static final int MAX_VALUES = 1 << 22;

  /** By value, its elements. Inputs and constants are there from the beginning. */
  private final Map<Integer, Long> sizes = new HashMap<>();

  private final Set<Integer> written = new HashSet<>();

  private ProgramCheck() {}

  static Map<Integer, Constant> copy(Map<Integer, Constant> constants) {
    try {
      return Map.copyOf(constants);
    } catch (NullPointerException missing) {
      throw new InvalidLayerException(
          "The constants of a program must not be null, nor contain it.", missing);
    }
  }

  static void check(
      List<Shape> inputs,
      Map<Integer, Constant> constants,
      List<Step> steps,
      List<Integer> outputs,
      List<Shape> outputShapes) {
    ProgramCheck check = new ProgramCheck();
    for (int i = 0; i < inputs.size(); i++) {
      check.add(i, inputs.get(i), "the program");
    }
    for (Map.Entry<Integer, Constant> constant : constants.entrySet()) {
      check.add(constant.getKey(), constant.getValue().shape(), "the program");
    }
    for (Step step : steps) {
      check.step(step);
    }
    if (!nothing(outputs, outputShapes)) {
      check.outputs(outputs, outputShapes);
    }
  }

  /** Whether nothing is written because every output is empty, as for a batch of 0. */
  private static boolean nothing(List<Integer> outputs, List<Shape> shapes) {
    for (Shape shape : shapes) {
      if (!shape.isEmpty()) {
        return false;
      }
    }
    return outputs.isEmpty();
  }

  private void step(Step step) {
    for (int i = 0; i < step.inputs().size(); i++) {
      requireSize(step.inputs().get(i), step.op().inputs().get(i), step.layer());
    }
    add(step.output(), step.op().output(), step.layer());
    written.add(step.output());
  }

  private void add(int value, Shape shape, String layer) {
    if (value < 0 || value >= MAX_VALUES) {
      throw new InvalidLayerException(
          "Layer '%s': the number of a value must be from 0 to %d; given %d."
              .formatted(layer, MAX_VALUES - 1, value));
    }
    if (sizes.put(value, shape.elementCount()) != null) {
      throw new InvalidLayerException(
          "Layer '%s': value %d is an input, a constant or written already."
              .formatted(layer, value));
    }
  }

  private void requireSize(int value, Shape shape, String reader) {
    Long size = sizes.get(value);
    if (size == null) {
      throw new InvalidLayerException(
          "Layer '%s' reads value %d before anything writes it.".formatted(reader, value));
    }
    if (size != shape.elementCount()) {
      throw new ShapeMismatchException(
          "Layer '%s' reads value %d as %s; it has %d elements."
              .formatted(reader, value, shape, size));
    }
  }

  private void outputs(List<Integer> outputs, List<Shape> shapes) {
    if (outputs.size() != shapes.size()) {
      throw new ShapeMismatchException(
          "A program of %d outputs needs as many shapes of them; given %s."
              .formatted(outputs.size(), shapes));
    }
    for (int i = 0; i < outputs.size(); i++) {
      requireSize(outputs.get(i), shapes.get(i), "output");
      if (!written.remove(outputs.get(i))) {
        throw new InvalidLayerException(
            "The outputs of a program must be different values that steps write; given %s."
                .formatted(outputs));
      }
    }
  }
}
