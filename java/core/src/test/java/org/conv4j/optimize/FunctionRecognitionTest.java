package org.conv4j.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Convolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Scale;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.weights.Constant;
import org.junit.jupiter.api.Test;

class FunctionRecognitionTest {
  private static final Shape IMAGE = Shape.of(2, 3, 4, 5);

  private final Lowering lowering = new Lowering(List.of(IMAGE));
  private final Value x = lowering.input(0);

  private Value apply(Elementwise function, Value in) {
    return lowering.append(
        "f", new Eltwise(IMAGE, function), in, List.of(), DataFormat.CHANNELS_LAST);
  }

  private Value affine(Value in, double scale, double shift) {
    return Affine.append(lowering, "affine", in, scale, shift);
  }

  private Value binary(BinaryFunction function, Value left, Value right) {
    Binary op = new Binary(left.shape(), right.shape(), function, Activation.LINEAR);
    return lowering.append("b", op, List.of(left, right), List.of(), DataFormat.CHANNELS_LAST);
  }

  private Value multiply(Value left, Value right) {
    return binary(BinaryFunction.MULTIPLY, left, right);
  }

  private List<Step> steps(Value result) {
    Program program = lowering.finish(List.of(result));
    return Optimizer.optimize(program).steps();
  }

  private void becomes(Elementwise function, Value result) {
    List<Step> steps = steps(result);
    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).op()).isEqualTo(new Eltwise(IMAGE, function));
  }

  @Test
  void aSigmoidTimesItsInputIsSilu() {
    becomes(Activation.SILU, multiply(x, apply(Activation.SIGMOID, x)));
  }

  @Test
  void aQuotientWithAnExponentialIsSilu() {
    Value power = apply(Activation.EXPONENTIAL, apply(ElementwiseFunction.NEGATIVE, x));
    becomes(Activation.SILU, binary(BinaryFunction.DIVIDE, x, affine(power, 1, 1)));
  }

  @Test
  void aHardSigmoidTimesItsInputIsHardSilu() {
    Elementwise sixth = new Elementwise.HardSigmoid(1 / 6f, 0.5);
    becomes(Activation.HARD_SILU, multiply(apply(sixth, x), x));
  }

  @Test
  void aClippedSumInsideIsHardSilu() {
    Value clipped = apply(new Elementwise.Clip(0, 6), affine(x, 1, 3));
    becomes(Activation.HARD_SILU, multiply(x, affine(clipped, 1.0 / 6, 0)));
  }

  @Test
  void aFactorBehindStaysOne() {
    Value clipped = apply(Activation.RELU6, affine(x, 1, 3));
    List<Step> steps = steps(affine(multiply(x, clipped), 1 / 6f, 0));
    assertThat(steps).hasSize(2);
    assertThat(steps.get(0).op()).isEqualTo(new Eltwise(IMAGE, Activation.HARD_SILU));
    assertThat(steps.get(1).op()).isInstanceOf(Scale.class);
    assertThat(steps.get(1).constants().get(0).elements()[0])
        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void bothFormsOfGeluAreTold() {
    Value erf = apply(ElementwiseFunction.ERROR_FUNCTION, affine(x, 1 / Math.sqrt(2), 0));
    becomes(Activation.GELU, multiply(affine(x, 0.5, 0), affine(erf, 1, 1)));
  }

  @Test
  void geluWithTanhIsItsOwnFunction() {
    Value cube = multiply(multiply(x, x), x);
    Value sum = binary(BinaryFunction.ADD, x, affine(cube, 0.044715, 0));
    Value tanh = apply(Activation.TANH, affine(sum, Math.sqrt(2 / Math.PI), 0));
    becomes(Activation.GELU_TANH, multiply(affine(tanh, 0.5, 0.5), x));
  }

  @Test
  void softplusAndTanhAreMish() {
    becomes(Activation.MISH, multiply(x, apply(Activation.TANH, apply(Activation.SOFTPLUS, x))));
  }

  @Test
  void whatIsNearlyOneOfThemStaysAsItIs() {
    Value clipped = apply(new Elementwise.Clip(0, 6), affine(x, 1, 2.99));
    List<Step> steps = steps(multiply(x, affine(clipped, 1.0 / 6, 0)));
    assertThat(steps).noneMatch(step -> step.op() instanceof Eltwise);
    assertThat(steps).anyMatch(step -> step.op() instanceof Binary);
  }

  @Test
  void factorsThatDifferBetweenChannelsAreNoFunctionOfOneElement() {
    Constant factors = Constant.of(Shape.of(5), 1, 2, 3, 4, 5);
    Constant none = new Constant.Filled(Shape.of(5), 0);
    Scale op = new Scale(IMAGE, Activation.LINEAR);
    Value scaled = lowering.append("s", op, x, List.of(factors, none), DataFormat.CHANNELS_LAST);
    List<Step> steps = steps(multiply(x, apply(Activation.SIGMOID, scaled)));
    assertThat(steps).anyMatch(step -> step.op() instanceof Binary);
  }

  @Test
  void theFunctionGoesIntoTheConvolutionBeforeIt() {
    Window tap = Window.of(IntTuple.of(1, 1));
    Convolution op = new Convolution(IMAGE, IMAGE, tap, 1, false, Activation.LINEAR);
    Constant kernel = new Constant.Filled(Shape.of(1, 1, 5, 5), 0.1);
    Value sum = lowering.append("conv", op, x, List.of(kernel), DataFormat.CHANNELS_LAST);
    List<Step> steps = steps(multiply(sum, apply(Activation.SIGMOID, sum)));
    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).op()).isEqualTo(op.withActivation(Activation.SILU));
  }
}
