package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Step;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Scale;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * Makes one function of several steps that amount to it: {@code x * sigmoid(x)}, {@code x * clip(x
 * + 3, 0, 6) / 6}, a GELU written with {@code erf} or {@code tanh}. There are many ways to write
 * each; it is recognised by its values, which a function of one element has whatever way it is
 * written in.
 */
final class FunctionRecognition implements Pass {
  private static final Elementwise[] FUNCTIONS = {
    Activation.SILU, Activation.HARD_SILU, Activation.GELU, Activation.GELU_TANH, Activation.MISH
  };

  /** On both sides of every bend and of every place where two of the functions are close. */
  private static final double[] SAMPLES = {
    -11, -6.1, -4.3, -3.1, -2.9, -2.2, -1.5, -1, -0.6, -0.3, -0.05, 0.02, 0.25, 0.5, 0.9, 1.4, 2,
    2.7, 2.9, 3.1, 3.6, 4.7, 6.2, 9
  };

  /** Files have constants such as the root of 2 as floats. */
  private static final double ROUNDING = 2e-6;

  /** GELU with tanh takes nine. */
  private static final int MOST_STEPS = 14;

  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    for (Step step : graph.steps()) {
      if (graph.contains(step)
          && step.op() instanceof Binary binary
          && (binary.function() == BinaryFunction.MULTIPLY
              || binary.function() == BinaryFunction.DIVIDE)
          && graph.constant(step.inputs().get(0)).isEmpty()
          && graph.constant(step.inputs().get(1)).isEmpty()
          && binary.left().rank() > 0
          && binary.left().equals(binary.right())) {
        changed |= recognise(graph, step, binary);
      }
    }
    return changed;
  }

  /** Walks from the result back to ever earlier values, until one of them decides all others. */
  private static boolean recognise(Graph graph, Step root, Binary binary) {
    List<Step> region = new ArrayList<>();
    region.add(root);
    List<Integer> frontier = variables(graph, root);
    while (region.size() < MOST_STEPS) {
      if (frontier.size() == 1 && matches(graph, root, binary, region, frontier.get(0))) {
        return true;
      }
      Optional<Step> last = last(graph, frontier);
      if (last.isEmpty() || !isElementwise(graph, last.get(), binary.output())) {
        return false;
      }
      region.add(last.get());
      frontier.remove(Integer.valueOf(last.get().output()));
      for (int value : variables(graph, last.get())) {
        if (!frontier.contains(value)) {
          frontier.add(value);
        }
      }
    }
    return false;
  }

  private static List<Integer> variables(Graph graph, Step step) {
    List<Integer> variables = new ArrayList<>();
    for (int value : step.inputs()) {
      if (graph.constant(value).isEmpty() && !variables.contains(value)) {
        variables.add(value);
      }
    }
    return variables;
  }

  /** The step that runs last of those that write some values, if all of them are written. */
  private static Optional<Step> last(Graph graph, List<Integer> values) {
    Step last = null;
    for (int value : values) {
      Optional<Step> writer = graph.writer(value);
      if (writer.isPresent() && (last == null || graph.isAfter(writer.get(), last))) {
        last = writer.get();
      }
    }
    return Optional.ofNullable(last);
  }

  /** Whether each element of the result depends on the same element of what is no constant. */
  private static boolean isElementwise(Graph graph, Step step, Shape shape) {
    if (!step.op().output().equals(shape)) {
      return false;
    }
    if (step.op() instanceof Scale) {
      return number(step.constants().get(0)) != null && number(step.constants().get(1)) != null;
    }
    if (!(step.op() instanceof Binary binary)) {
      return step.op() instanceof Eltwise;
    }
    for (int i = 0; i < 2; i++) {
      Optional<Constant> constant = graph.constant(step.inputs().get(i));
      if (constant.isPresent()
          ? number(constant.get()) == null
          : !binary.inputs().get(i).equals(shape)) {
        return false;
      }
    }
    return true;
  }

  /** The number that a constant is everywhere, or null. */
  private static Double number(Constant constant) {
    if (constant instanceof Constant.Filled filled) {
      return filled.number();
    }
    if (!(constant instanceof Constant.Computed computed) || computed.numbers().length == 0) {
      return constant.shape().elementCount() == 1 ? constant.elements()[0] : null;
    }
    double first = computed.numbers()[0];
    for (double number : computed.numbers()) {
      if (number != first) {
        return null;
      }
    }
    return first;
  }

  private static boolean matches(
      Graph graph, Step root, Binary binary, List<Step> region, int variable) {
    double[] values = new double[SAMPLES.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(graph, region, variable, SAMPLES[i]);
    }
    for (Elementwise function : FUNCTIONS) {
      double factor = factor(function, values);
      if (Math.abs(factor - 1) < ROUNDING) {
        Eltwise op = new Eltwise(binary.output(), function);
        if (binary.activation() != Activation.LINEAR) {
          return scaled(graph, root, binary, op, variable, 1);
        }
        graph.replace(
            root, new Step(root.layer(), op, List.of(variable), root.output(), List.of()));
        return true;
      }
      if (!Double.isNaN(factor)) {
        Eltwise op = new Eltwise(binary.output(), function);
        return scaled(graph, root, binary, op, variable, factor);
      }
    }
    return false;
  }

  /** Puts the function in the place of one of the operands, and a factor in that of the root. */
  private static boolean scaled(
      Graph graph, Step root, Binary binary, Eltwise op, int variable, double factor) {
    for (int operand = 0; operand < 2; operand++) {
      Optional<Step> source = graph.soleSource(root, operand);
      if (source.isPresent() && source.get().output() != variable) {
        int inner = source.get().output();
        Shape channels = Shape.of(binary.output().dim(-1));
        graph.replace(
            source.get(), new Step(root.layer(), op, List.of(variable), inner, List.of()));
        graph.replace(
            root,
            new Step(
                root.layer(),
                new Scale(binary.output(), binary.activation()),
                List.of(inner),
                root.output(),
                List.of(new Constant.Filled(channels, factor), new Constant.Filled(channels, 0))));
        return true;
      }
    }
    return false;
  }

  /**
   * What a region makes of a number; its first step is the result, each is before what it reads.
   */
  private static double value(Graph graph, List<Step> region, int variable, double x) {
    Map<Integer, Double> values = new HashMap<>();
    values.put(variable, x);
    for (int i = region.size() - 1; i >= 0; i--) {
      Step step = region.get(i);
      double first = operand(graph, values, step, 0);
      double result;
      if (step.op() instanceof Binary binary) {
        double both = binary.function().apply(first, operand(graph, values, step, 1));
        // What follows the root is no part of it.
        result = i == 0 ? both : binary.activation().apply(both);
      } else if (step.op() instanceof Scale scale) {
        result =
            scale
                .activation()
                .apply(first * number(step.constants().get(0)) + number(step.constants().get(1)));
      } else {
        result = ((Eltwise) step.op()).activation().apply(first);
      }
      values.put(step.output(), result);
    }
    return values.get(region.get(0).output());
  }

  private static double operand(Graph graph, Map<Integer, Double> values, Step step, int index) {
    int value = step.inputs().get(index);
    Optional<Constant> constant = graph.constant(value);
    return constant.isPresent() ? number(constant.get()) : values.get(value);
  }

  /** What a function is to be multiplied with to have some values, or NaN. */
  private static double factor(Elementwise function, double[] values) {
    int largest = SAMPLES.length - 1;
    double factor = values[largest] / function.apply(SAMPLES[largest]);
    if (factor == 0 || !Double.isFinite(factor)) {
      return Double.NaN;
    }
    for (int i = 0; i < values.length; i++) {
      double wanted = factor * function.apply(SAMPLES[i]);
      double tolerance = ROUNDING * Math.abs(factor) * Math.max(1, Math.abs(SAMPLES[i]));
      if (!(Math.abs(values[i] - wanted) <= tolerance)) {
        return Double.NaN;
      }
    }
    return factor;
  }
}
