package org.conv4j.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.conv4j.activation.Activation;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Step;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Permute;
import org.conv4j.op.Pooling;
import org.conv4j.op.Reduction;
import org.conv4j.op.Scale;
import org.conv4j.op.Slice;
import org.conv4j.op.Softmax;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
  private static final Shape IMAGE = Shape.of(2, 5, 6, 4);
  private static final Shape CHANNELS = Shape.of(4);

  private static Window window(int kernel, int pad) {
    IntTuple one = IntTuple.of(1, 1);
    return new Window(
        IntTuple.of(kernel, kernel), one, one, IntTuple.of(pad, pad), IntTuple.of(pad, pad));
  }

  /** A 3x3 convolution that keeps the shape. */
  private static Convolution convolution(boolean bias) {
    return new Convolution(IMAGE, IMAGE, window(3, 1), 1, bias, Activation.LINEAR);
  }

  private static Convolution grouped(boolean bias) {
    return new Convolution(IMAGE, IMAGE, window(1, 0), 2, bias, Activation.LINEAR);
  }

  private static Convolution depthwise() {
    return new Convolution(IMAGE, IMAGE, window(3, 1), 4, true, Activation.LINEAR);
  }

  private static Deconvolution deconvolution(boolean bias) {
    return new Deconvolution(IMAGE, IMAGE, window(3, 1), bias, Activation.LINEAR);
  }

  private static InnerProduct product(boolean bias) {
    return new InnerProduct(IMAGE, 4, bias, Activation.LINEAR);
  }

  static Stream<Op> weighted() {
    return Stream.of(
        convolution(true),
        convolution(false),
        grouped(true),
        grouped(false),
        depthwise(),
        deconvolution(true),
        deconvolution(false),
        product(true),
        product(false));
  }

  private static Shape[] weights(Op op) {
    Shape kernel =
        op instanceof Convolution c
            ? Shape.of(
                c.window().kernel().get(0), c.window().kernel().get(1), c.channelsPerGroup(), 4)
            : op instanceof Deconvolution ? Shape.of(3, 3, 4, 4) : Shape.of(4, 4);
    boolean bias =
        op instanceof Convolution c && c.bias()
            || op instanceof Deconvolution d && d.bias()
            || op instanceof InnerProduct p && p.bias();
    return bias ? new Shape[] {kernel, CHANNELS} : new Shape[] {kernel};
  }

  private static Scale scale() {
    return new Scale(IMAGE, Activation.LINEAR);
  }

  private static Pad pad(int begin, int end) {
    return new Pad(IMAGE, IntTuple.of(0, begin, begin, 0), IntTuple.of(0, end, end, 0), 0);
  }

  @ParameterizedTest
  @MethodSource("weighted")
  void aScaleAfterItGoesIntoTheWeights(Op op) {
    Rewritten program = new Rewritten(IMAGE);
    Value sum = program.append("sum", op, program.input(0), weights(op));
    Value normal = program.append("batch_norm", scale(), sum, CHANNELS, CHANNELS);
    List<Step> steps = program.steps(normal);
    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).layer()).isEqualTo("sum");
    assertThat(steps.get(0).fused()).containsExactly("batch_norm");
  }

  @ParameterizedTest
  @MethodSource("weighted")
  void aScaleBeforeItGoesIntoTheWeightsWhereNothingIsPadded(Op op) {
    Rewritten program = new Rewritten(IMAGE);
    Value normal = program.append("batch_norm", scale(), program.input(0), CHANNELS, CHANNELS);
    Value sum = program.append("sum", op, normal, weights(op));
    boolean pads =
        op instanceof Deconvolution || op instanceof Convolution c && c.window().taps() > 1;
    assertThat(program.steps(sum)).hasSize(pads ? 2 : 1);
  }

  @Test
  void aChainOfConvolutionScaleAndActivationIsOneStep() {
    Rewritten program = new Rewritten(IMAGE);
    Op op = convolution(false);
    Value sum = program.append("conv", op, program.input(0), weights(op));
    Value normal = program.append("bn", scale(), sum, CHANNELS, CHANNELS);
    Value result = program.append("relu", new Eltwise(IMAGE, Activation.RELU), normal);
    List<Step> steps = program.steps(result);
    assertThat(steps).hasSize(1);
    assertThat(((Convolution) steps.get(0).op()).activation()).isEqualTo(Activation.RELU);
    assertThat(steps.get(0).fused()).containsExactly("bn", "relu");
  }

  @Test
  void aValueThatOthersReadKeepsItsStep() {
    Rewritten program = new Rewritten(IMAGE);
    Op op = convolution(true);
    Value sum = program.append("conv", op, program.input(0), weights(op));
    Value relu = program.append("relu", new Eltwise(IMAGE, Activation.RELU), sum);
    Value normal = program.append("bn", scale(), sum, CHANNELS, CHANNELS);
    assertThat(program.ops(relu, normal)).hasSize(3);
    Rewritten returned = new Rewritten(IMAGE);
    Value first = returned.append("conv", op, returned.input(0), weights(op));
    Value second = returned.append("relu", new Eltwise(IMAGE, Activation.RELU), first);
    assertThat(returned.ops(first, second)).hasSize(2);
  }

  @Test
  void onlyOneActivationFitsIntoAnOp() {
    Rewritten program = new Rewritten(IMAGE);
    Op op = convolution(true);
    Value sum = program.append("conv", op, program.input(0), weights(op));
    Value relu = program.append("relu", new Eltwise(IMAGE, Activation.RELU), sum);
    Value tanh = program.append("tanh", new Eltwise(IMAGE, Activation.TANH), relu);
    Value normal = program.append("bn", scale(), tanh, CHANNELS, CHANNELS);
    assertThat(program.ops(normal))
        .extracting(Op::getClass)
        .extracting(Class::getSimpleName)
        .containsExactly("Convolution", "Eltwise", "Scale");
  }

  @Test
  void theLaterBranchOfAResidualBlockAddsTheOther() {
    Rewritten program = new Rewritten(IMAGE);
    Op op = convolution(true);
    Value shortcut = program.append("shortcut", op, program.input(0), weights(op));
    Value first = program.append("conv1", op, program.input(0), weights(op));
    Value second = program.append("conv2", op, first, weights(op));
    Binary add = new Binary(IMAGE, IMAGE, BinaryFunction.ADD, Activation.LINEAR);
    Value sum = program.append("add", add, List.of(second, shortcut));
    Value result = program.append("relu", new Eltwise(IMAGE, Activation.RELU), sum);
    List<Step> steps = program.steps(result);
    assertThat(steps).extracting(Step::layer).containsExactly("shortcut", "conv1", "conv2");
    Convolution last = (Convolution) steps.get(2).op();
    assertThat(last.residual()).isTrue();
    assertThat(last.activation()).isEqualTo(Activation.RELU);
    assertThat(steps.get(2).fused()).containsExactly("add", "relu");
  }

  @Test
  void theOtherBranchMayBeWrittenAfterTheConvolution() {
    Rewritten program = new Rewritten(IMAGE);
    Op op = convolution(true);
    Value branch = program.append("conv", op, program.input(0), weights(op));
    Value other = program.append("softmax", new Softmax(IMAGE, 3, false), program.input(0));
    Binary add = new Binary(IMAGE, IMAGE, BinaryFunction.ADD, Activation.LINEAR);
    assertThat(program.steps(program.append("add", add, List.of(branch, other))))
        .extracting(Step::layer)
        .containsExactly("softmax", "conv");
  }

  @Test
  void aSumOfAValueWithItselfOrOfDepthwiseConvolutionsStaysASum() {
    Rewritten twice = new Rewritten(IMAGE);
    Op op = convolution(true);
    Binary add = new Binary(IMAGE, IMAGE, BinaryFunction.ADD, Activation.LINEAR);
    Value branch = twice.append("conv", op, twice.input(0), weights(op));
    assertThat(twice.ops(twice.append("add", add, List.of(branch, branch)))).hasSize(2);
    Rewritten light = new Rewritten(IMAGE);
    Value sum = light.append("depthwise", depthwise(), light.input(0), weights(depthwise()));
    assertThat(light.ops(light.append("add", add, List.of(sum, light.input(0))))).hasSize(2);
  }

  @Test
  void zerosAroundAnImageBecomeTheWindowsPadding() {
    Rewritten program = new Rewritten(IMAGE);
    Value padded = program.append("pad", pad(0, 1), program.input(0));
    Convolution op =
        new Convolution(padded.shape(), IMAGE, window(2, 0), 1, true, Activation.LINEAR);
    List<Step> steps = program.steps(program.append("conv", op, padded, weights(op)));
    assertThat(steps).hasSize(1);
    assertThat(((Convolution) steps.get(0).op()).window().padEnd()).isEqualTo(IntTuple.of(1, 1));
    assertThat(steps.get(0).fused()).containsExactly("pad");
  }

  @Test
  void aMaximumTakesOverZerosOnlyWhereNothingIsNegative() {
    for (boolean rectified : new boolean[] {true, false}) {
      Rewritten program = new Rewritten(IMAGE);
      Op op = convolution(true);
      Value value = program.append("conv", op, program.input(0), weights(op));
      if (rectified) {
        value = program.append("relu", new Eltwise(IMAGE, Activation.RELU), value);
      }
      Value padded = program.append("pad", pad(1, 1), value);
      Pooling pooling = new Pooling(padded.shape(), IMAGE, window(3, 0), PoolingKind.MAX);
      assertThat(program.ops(program.append("pool", pooling, padded))).hasSize(rectified ? 2 : 3);
    }
  }

  @Test
  void aMeanDoesNotTakeOverZerosThatItCounts() {
    Rewritten program = new Rewritten(IMAGE);
    Value padded = program.append("pad", pad(1, 1), program.input(0));
    Pooling pooling = new Pooling(padded.shape(), IMAGE, window(3, 0), PoolingKind.AVERAGE);
    assertThat(program.ops(program.append("pool", pooling, padded))).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = BinaryFunction.class,
      names = {"ADD", "SUBTRACT", "MULTIPLY", "DIVIDE"})
  void arithmeticWithConstantsGoesIntoTheWeights(BinaryFunction function) {
    for (Shape constant : List.of(Shape.of(1, 1, 1, 4), Shape.of(1, 1, 1, 1))) {
      Rewritten program = new Rewritten(IMAGE);
      Op op = convolution(true);
      Value sum = program.append("conv", op, program.input(0), weights(op));
      Binary binary = new Binary(IMAGE, constant, function, Activation.RELU);
      Value result = program.append("arithmetic", binary, List.of(sum, program.constant(constant)));
      assertThat(program.ops(result)).hasSize(1);
    }
  }

  @Test
  void aConstantMayStandOnTheLeft() {
    for (BinaryFunction function : BinaryFunction.values()) {
      Rewritten program = new Rewritten(IMAGE);
      Shape one = Shape.of(1, 1, 1, 1);
      Value squares =
          program.append(
              "square",
              new Binary(IMAGE, IMAGE, BinaryFunction.MULTIPLY, Activation.SOFTPLUS),
              List.of(program.input(0), program.input(0)));
      Value positive =
          program.append(
              "positive",
              new Binary(one, one, BinaryFunction.MAXIMUM, Activation.SOFTPLUS),
              List.of(program.constant(one), program.constant(one)));
      Binary binary = new Binary(one, IMAGE, function, Activation.LINEAR);
      Value result = program.append("arithmetic", binary, List.of(positive, squares));
      assertThat(program.ops(result)).hasSize(2);
    }
  }

  @Test
  void stepsOnConstantsAreComputedBeforehand() {
    Rewritten program = new Rewritten(IMAGE);
    Shape row = Shape.of(1, 1, 1, 4);
    Value first = program.constant(row);
    Value second = program.append("softmax", new Softmax(row, 3, false), first);
    Binary multiply = new Binary(IMAGE, row, BinaryFunction.MULTIPLY, Activation.LINEAR);
    List<Op> ops =
        program.ops(program.append("multiply", multiply, List.of(program.input(0), second)));
    assertThat(ops).containsExactly(new Scale(IMAGE, Activation.LINEAR));
  }

  @Test
  void copiesThatChangeNothingDisappear() {
    Rewritten program = new Rewritten(IMAGE);
    IntTuple none = IntTuple.of(0, 0, 0, 0);
    Value value = program.input(0);
    value = program.append("pad", new Pad(IMAGE, none, none, 0), value);
    value = program.append("linear", new Eltwise(IMAGE, Activation.LINEAR), value);
    value = program.append("concat", new Concat(List.of(IMAGE), 3), value);
    value = program.append("slice", new Slice(IMAGE, none, IntTuple.of(1, 1, 1, 1), IMAGE), value);
    value =
        program.append("pool", new Pooling(IMAGE, IMAGE, window(1, 0), PoolingKind.AVERAGE), value);
    value = program.append("softmax", new Softmax(IMAGE, 3, false), value);
    assertThat(program.ops(value)).containsExactly(new Softmax(IMAGE, 3, false));
  }

  @Test
  void whatTheCallerGetsIsWrittenEvenIfItIsACopy() {
    Rewritten program = new Rewritten(IMAGE);
    Value value = program.append("linear", new Eltwise(IMAGE, Activation.LINEAR), program.input(0));
    assertThat(program.ops(value, program.input(0))).hasSize(2);
  }

  @Test
  void permutationsThatFollowEachOtherMerge() {
    Rewritten program = new Rewritten(IMAGE);
    Permute there = new Permute(IMAGE, IntTuple.of(0, 3, 1, 2));
    Permute back = new Permute(there.output(), IntTuple.of(0, 2, 3, 1));
    Value value = program.append("there", there, program.input(0));
    value = program.append("back", back, value);
    value = program.append("softmax", new Softmax(IMAGE, 3, false), value);
    assertThat(program.ops(value)).containsExactly(new Softmax(IMAGE, 3, false));
  }

  @Test
  void axesOfExtentOneMoveForNothing() {
    Shape row = Shape.of(2, 1, 6, 1);
    Rewritten program = new Rewritten(row);
    Permute permute = new Permute(row, IntTuple.of(1, 0, 3, 2));
    Value value = program.append("permute", permute, program.input(0));
    Reduction reduction = new Reduction(permute.output(), IntTuple.of(3), ReductionKind.SUM);
    assertThat(program.ops(program.append("sum", reduction, value))).containsExactly(reduction);
  }

  @Test
  void stepsThatNobodyReadsDisappear() {
    Rewritten program = new Rewritten(IMAGE);
    program.append("unused", new Softmax(IMAGE, 3, false), program.input(0));
    Value value = program.append("tanh", new Eltwise(IMAGE, Activation.TANH), program.input(0));
    assertThat(program.ops(value)).containsExactly(new Eltwise(IMAGE, Activation.TANH));
  }

  @Test
  void equalStepsAreOne() {
    Rewritten program = new Rewritten(IMAGE);
    IntTuple turned = IntTuple.of(0, 2, 1, 3);
    Value one = program.append("one", new Permute(IMAGE, turned), program.input(0));
    Value other = program.append("other", new Permute(IMAGE, turned), program.input(0));
    Shape shape = one.shape();
    Value left = program.append("left", new Softmax(shape, 1, false), one);
    Value right = program.append("right", new Softmax(shape, 2, false), other);
    Binary sum = new Binary(shape, shape, BinaryFunction.ADD, Activation.LINEAR);
    assertThat(program.ops(program.append("sum", sum, List.of(left, right)))).hasSize(4);
  }

  @Test
  void equalOpsWithOtherWeightsStay() {
    Rewritten program = new Rewritten(IMAGE);
    Op op = convolution(true);
    Value left = program.append("left", op, program.input(0), weights(op));
    Value right = program.append("right", op, program.input(0), weights(op));
    Binary product = new Binary(IMAGE, IMAGE, BinaryFunction.MULTIPLY, Activation.LINEAR);
    assertThat(program.ops(program.append("product", product, List.of(left, right)))).hasSize(3);
  }
}
