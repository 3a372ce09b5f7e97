package org.conv4j.optimize;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Step;
import org.conv4j.op.Binary;
import org.conv4j.op.Scale;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * Turns arithmetic with numbers that are constant, one for all elements or one for each channel,
 * into a scale and a shift, which other passes fold further.
 */
final class BinaryToScale implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    for (Step step : graph.steps()) {
      if (step.op() instanceof Binary binary) {
        changed |=
            rewrite(graph, step, binary, 0, binary.right())
                || rewrite(graph, step, binary, 1, binary.left());
      }
    }
    return changed;
  }

  private static boolean rewrite(
      Graph graph, Step step, Binary binary, int operand, Shape constantShape) {
    Optional<Constant> constant = graph.constant(step.inputs().get(1 - operand));
    Shape shape = binary.inputs().get(operand);
    if (constant.isEmpty()
        || shape.rank() == 0
        || !shape.equals(binary.output())
        || (constantShape.rank() > 0 && constantShape.elementCount() != constantShape.dim(-1))) {
      return false;
    }
    Optional<Affine> affine = affine(binary.function(), operand);
    if (affine.isEmpty()) {
      return false;
    }
    int channels = shape.intDim(-1);
    Constant scale = perChannel(constant.get(), channels, affine.get().scale());
    Constant shift = perChannel(constant.get(), channels, affine.get().shift());
    if (!Folding.isFinite(scale) || !Folding.isFinite(shift)) {
      return false;
    }
    graph.replace(
        step,
        new Step(
            step.layer(),
            new Scale(shape, binary.activation()),
            List.of(step.inputs().get(operand)),
            step.output(),
            List.of(scale, shift)));
    return true;
  }

  /** Scale and shift as functions of the constant. */
  private record Affine(DoubleUnaryOperator scale, DoubleUnaryOperator shift) {}

  private static Optional<Affine> affine(BinaryFunction function, int operand) {
    return switch (function) {
      case ADD -> Optional.of(new Affine(c -> 1, c -> c));
      case MULTIPLY -> Optional.of(new Affine(c -> c, c -> 0));
      case SUBTRACT ->
          Optional.of(operand == 0 ? new Affine(c -> 1, c -> -c) : new Affine(c -> -1, c -> c));
      case DIVIDE -> operand == 0 ? Optional.of(new Affine(c -> 1 / c, c -> 0)) : Optional.empty();
      case MAXIMUM, MINIMUM, POWER -> Optional.empty();
    };
  }

  private static Constant perChannel(
      Constant constant, int channels, DoubleUnaryOperator function) {
    Shape shape = Shape.of(channels);
    if (constant instanceof Constant.Filled filled) {
      return new Constant.Filled(shape, function.applyAsDouble(filled.number()));
    }
    double[] given = constant.elements();
    if (given.length != channels) {
      return new Constant.Filled(shape, function.applyAsDouble(given[0]));
    }
    for (int i = 0; i < channels; i++) {
      given[i] = function.applyAsDouble(given[i]);
    }
    return Constant.of(shape, given);
  }
}
