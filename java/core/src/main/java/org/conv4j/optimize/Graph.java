package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conv4j.lowering.ConstantValue;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.State;
import org.conv4j.lowering.Step;
import org.conv4j.weights.Constant;

/**
 * A program that can be changed, with the ways from a value to its writer and its readers. No
 * change takes longer in a program of more steps.
 */
final class Graph {
  private final Program origin;
  private final Map<Integer, ConstantValue> constants;

  /** The program's outputs, and what is kept for the next run. */
  private final Set<Integer> outputs;

  /** In the order they run. A step keeps its place for good; null where one was removed. */
  private final Step[] places;

  /** By place, the layers that were merged into the step there, if there are any. */
  private final MergedLayers[] merged;

  /** By value, the place of the step that writes it. */
  private final Map<Integer, Integer> writers = new HashMap<>();

  /** By value, how many times steps read it; outputs count as read once more. */
  private final Map<Integer, Integer> reads = new HashMap<>();

  Graph(Program program) {
    origin = program;
    constants = new LinkedHashMap<>(program.constants());
    outputs = new HashSet<>(program.outputs());
    for (State state : program.states()) {
      outputs.add(state.next());
    }
    places = program.steps().toArray(new Step[0]);
    merged = new MergedLayers[places.length];
    for (int place = 0; place < places.length; place++) {
      link(place);
    }
    for (int output : outputs) {
      countRead(output, 1);
    }
  }

  /** The steps in the order they run: a copy, which later changes do not affect. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>(places.length);
    for (Step step : places) {
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }

  /** Whether a step is still part of the graph. */
  boolean contains(Step step) {
    Integer place = writers.get(step.output());
    return place != null && places[place] == step;
  }

  /** Whether a step runs after another. */
  boolean isAfter(Step step, Step other) {
    return place(step) > place(other);
  }

  /** The step that writes a value, or nothing for inputs and constants. */
  Optional<Step> writer(int value) {
    Integer place = writers.get(value);
    return place == null ? Optional.empty() : Optional.of(places[place]);
  }

  /**
   * The step that writes what another reads, if nobody else reads it and both see it in the same
   * shape.
   */
  Optional<Step> soleSource(Step reader, int operand) {
    int value = reader.inputs().get(operand);
    Optional<Step> source = writer(value);
    boolean sole =
        source.isPresent()
            && reads.getOrDefault(value, 0) == 1
            && source.get().op().output().equals(reader.op().inputs().get(operand));
    return sole ? source : Optional.empty();
  }

  Optional<Constant> constant(int value) {
    ConstantValue constant = constants.get(value);
    return constant == null ? Optional.empty() : Optional.of(constant.constant());
  }

  boolean isOutput(int value) {
    return outputs.contains(value);
  }

  boolean isRead(int value) {
    return reads.getOrDefault(value, 0) > 0;
  }

  /** Puts a step in the place of another, whose output it takes over. */
  void replace(Step old, Step replacement) {
    int place = place(old);
    unlink(place);
    places[place] = replacement.withType(replacement.type().withDataType(old.type().dataType()));
    link(place);
  }

  /**
   * Lets a step read other values in place of some.
   *
   * @param origins what to read, by what is read now
   * @return the step as it is then
   */
  Step redirected(Step step, Map<Integer, Integer> origins) {
    if (Collections.disjoint(step.inputs(), origins.keySet())) {
      return step;
    }
    List<Integer> inputs = new ArrayList<>(step.inputs());
    inputs.replaceAll(value -> origins.getOrDefault(value, value));
    Step redirected = step.withInputs(inputs);
    replace(step, redirected);
    return redirected;
  }

  /** Puts a step that does the work of another one too in the place of a reader of that one. */
  void absorb(Step source, Step reader, Step replacement) {
    int place = place(reader);
    merged[place] = MergedLayers.of(layers(source), layers(reader));
    replace(reader, replacement);
  }

  /**
   * Merges a step into the one that reads its output: the merged step runs where the reader did.
   */
  void merge(Step source, Step reader, Step replacement) {
    absorb(source, reader, replacement);
    remove(source);
  }

  void remove(Step step) {
    int place = place(step);
    unlink(place);
    places[place] = null;
    merged[place] = null;
  }

  /** Turns the output of a step, which is removed, into a constant. */
  void makeConstant(Step step, Constant constant) {
    remove(step);
    constants.put(step.output(), new ConstantValue(constant, step.type()));
  }

  Program program() {
    Map<Integer, ConstantValue> used = new LinkedHashMap<>(constants);
    used.keySet().removeIf(value -> !isRead(value));
    List<Step> steps = new ArrayList<>();
    for (int place = 0; place < places.length; place++) {
      Step step = places[place];
      if (step != null) {
        steps.add(
            merged[place] == null ? step : step.withFused(merged[place].others(step.layer())));
      }
    }
    return new Program(
        origin.inputs(), used, origin.states(), steps, origin.outputs(), origin.outputShapes());
  }

  private MergedLayers layers(Step step) {
    MergedLayers layers = merged[place(step)];
    return layers == null ? MergedLayers.of(step) : layers;
  }

  private int place(Step step) {
    if (!contains(step)) {
      throw new IllegalArgumentException("The graph has no step " + step + ".");
    }
    return writers.get(step.output());
  }

  private void link(int place) {
    Step step = places[place];
    writers.put(step.output(), place);
    for (int value : step.inputs()) {
      countRead(value, 1);
    }
  }

  private void unlink(int place) {
    Step step = places[place];
    writers.remove(step.output());
    for (int value : step.inputs()) {
      countRead(value, -1);
    }
  }

  private void countRead(int value, int difference) {
    reads.merge(value, difference, Integer::sum);
  }
}
