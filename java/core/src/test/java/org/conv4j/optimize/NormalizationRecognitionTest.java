package org.conv4j.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Step;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Normalization;
import org.conv4j.op.Reduction;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layer normalizations that are written out. */
class NormalizationRecognitionTest {
  private static final Shape IMAGE = Shape.of(2, 3, 4, 5);
  private static final Shape CHANNELS = Shape.of(1, 1, 1, 5);

  private final Rewritten program = new Rewritten(IMAGE);
  private final Value x = program.input(0);

  private enum Form {
    DIVIDED_BY_THE_ROOT,
    TIMES_THE_RECIPROCAL,
    TIMES_THE_RECIPROCAL_ROOT
  }

  private Value binary(BinaryFunction function, Value left, Value right) {
    return program.append(
        "b",
        new Binary(left.shape(), right.shape(), function, Activation.LINEAR),
        List.of(left, right));
  }

  private Value apply(Elementwise function, Value in) {
    return program.append("f", new Eltwise(in.shape(), function), in);
  }

  private Value mean(Value in, int axis) {
    return program.append(
        "mean", new Reduction(in.shape(), IntTuple.of(axis), ReductionKind.MEAN), in);
  }

  private Value normalized(Form form, int axis) {
    Value difference = binary(BinaryFunction.SUBTRACT, x, mean(x, axis));
    Value variance = mean(apply(ElementwiseFunction.SQUARE, difference), axis);
    Value positive =
        binary(BinaryFunction.ADD, variance, program.number(variance.shape().rank(), 1e-3));
    if (form == Form.TIMES_THE_RECIPROCAL_ROOT) {
      return binary(
          BinaryFunction.MULTIPLY,
          difference,
          apply(ElementwiseFunction.RECIPROCAL_SQUARE_ROOT, positive));
    }
    Value root = apply(ElementwiseFunction.SQUARE_ROOT, positive);
    return form == Form.DIVIDED_BY_THE_ROOT
        ? binary(BinaryFunction.DIVIDE, difference, root)
        : binary(BinaryFunction.MULTIPLY, difference, apply(ElementwiseFunction.RECIPROCAL, root));
  }

  @ParameterizedTest
  @EnumSource
  void isOneStep(Form form) {
    List<Step> steps = program.steps(normalized(form, 3));
    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).op())
        .isEqualTo(
            new Normalization(
                IMAGE,
                IntTuple.of(3),
                Normalization.Kind.STANDARD,
                1e-3,
                Shape.of(1, 1, 1, 1),
                false,
                false));
  }

  @Test
  void takesScaleAndShiftIn() {
    Value scaled =
        binary(
            BinaryFunction.MULTIPLY,
            normalized(Form.DIVIDED_BY_THE_ROOT, 3),
            program.constant(CHANNELS));
    List<Step> steps =
        program.steps(binary(BinaryFunction.ADD, scaled, program.constant(CHANNELS)));
    assertThat(steps).hasSize(1);
    assertThat(((Normalization) steps.get(0).op()).parameters()).isEqualTo(CHANNELS);
  }

  @Test
  void otherAxesThanTheLastStayAsTheyAre() {
    assertThat(program.steps(normalized(Form.DIVIDED_BY_THE_ROOT, 1)))
        .noneMatch(step -> step.op() instanceof Normalization);
  }

  @Test
  void theMeanOfAnotherValueIsNone() {
    Value other = apply(ElementwiseFunction.ABSOLUTE, x);
    Value difference = binary(BinaryFunction.SUBTRACT, x, mean(other, 3));
    Value variance = mean(apply(ElementwiseFunction.SQUARE, difference), 3);
    Value positive = binary(BinaryFunction.ADD, variance, program.number(4, 1e-3));
    Value root = apply(ElementwiseFunction.SQUARE_ROOT, positive);
    assertThat(program.steps(binary(BinaryFunction.DIVIDE, difference, root)))
        .noneMatch(step -> step.op() instanceof Normalization);
  }
}
