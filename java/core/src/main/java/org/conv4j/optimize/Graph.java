package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conv4j.lowering.Constant;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;

/** A program that can be changed, with the ways from a value to its writer and its readers. */
final class Graph {
  private final Program origin;
  private final Map<Integer, Constant> constants;
  private final List<Step> steps;
  private final Map<Integer, Step> writers = new HashMap<>();

  /** By value, how many times steps read it; the program's outputs count as read once more. */
  private final Map<Integer, Integer> reads = new HashMap<>();

  Graph(Program program) {
    origin = program;
    constants = new LinkedHashMap<>(program.constants());
    steps = new ArrayList<>(program.steps());
    for (Step step : steps) {
      link(step);
    }
    for (int output : program.outputs()) {
      countRead(output, 1);
    }
  }

  /** The steps in the order they run: a copy, which later changes do not affect. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Whether a step is still part of the graph. */
  boolean contains(Step step) {
    return writers.get(step.output()) == step;
  }

  /** Whether a step runs after another. */
  boolean isAfter(Step step, Step other) {
    return indexOf(step) > indexOf(other);
  }

  /** The step that writes a value, or nothing for inputs and constants. */
  Optional<Step> writer(int value) {
    return Optional.ofNullable(writers.get(value));
  }

  /**
   * The step that writes what another reads, if nobody else reads it and both see it in the same
   * shape.
   */
  Optional<Step> soleSource(Step reader, int operand) {
    int value = reader.inputs().get(operand);
    Step source = writers.get(value);
    boolean sole =
        source != null
            && reads.getOrDefault(value, 0) == 1
            && source.op().output().equals(reader.op().inputs().get(operand));
    return sole ? Optional.of(source) : Optional.empty();
  }

  Optional<Constant> constant(int value) {
    return Optional.ofNullable(constants.get(value));
  }

  boolean isOutput(int value) {
    return origin.outputs().contains(value);
  }

  boolean isRead(int value) {
    return reads.getOrDefault(value, 0) > 0;
  }

  /** Puts a step in the place of another, whose output it takes over. */
  void replace(Step old, Step replacement) {
    int index = indexOf(old);
    unlink(old);
    steps.set(index, replacement);
    link(replacement);
  }

  /**
   * Merges a step into the one that reads its output: the merged step runs where the reader did.
   */
  void merge(Step source, Step reader, Step merged) {
    replace(reader, merged.withFused(mergedLayers(source, reader, merged.layer())));
    remove(source);
  }

  /** The layers that two steps come from, but for one. */
  static List<String> mergedLayers(Step source, Step reader, String but) {
    Set<String> layers = new LinkedHashSet<>();
    layers.add(source.layer());
    layers.addAll(source.fused());
    layers.add(reader.layer());
    layers.addAll(reader.fused());
    layers.remove(but);
    return List.copyOf(layers);
  }

  void remove(Step step) {
    steps.remove(indexOf(step));
    unlink(step);
  }

  /** Lets all readers of a value read another one instead; the value must not be an output. */
  void redirect(int from, int to) {
    for (Step step : steps()) {
      if (step.inputs().contains(from)) {
        List<Integer> inputs = new ArrayList<>(step.inputs());
        Collections.replaceAll(inputs, from, to);
        replace(step, step.withInputs(inputs));
      }
    }
  }

  /** Turns the output of a step, which is removed, into a constant. */
  void makeConstant(Step step, Constant constant) {
    remove(step);
    constants.put(step.output(), constant);
  }

  Program program() {
    Map<Integer, Constant> used = new LinkedHashMap<>(constants);
    used.keySet().removeIf(value -> !isRead(value));
    return new Program(origin.inputs(), used, steps, origin.outputs(), origin.outputShapes());
  }

  /** Each step writes a value of its own, so there is no need to compare them in depth. */
  private int indexOf(Step step) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) == step) {
        return i;
      }
    }
    throw new IllegalArgumentException("The graph has no step " + step + ".");
  }

  private void link(Step step) {
    writers.put(step.output(), step);
    for (int value : step.inputs()) {
      countRead(value, 1);
    }
  }

  private void unlink(Step step) {
    writers.remove(step.output(), step);
    for (int value : step.inputs()) {
      countRead(value, -1);
    }
  }

  private void countRead(int value, int difference) {
    reads.put(value, reads.getOrDefault(value, 0) + difference);
  }
}
