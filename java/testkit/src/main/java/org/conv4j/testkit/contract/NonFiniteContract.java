package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompileOptions;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.op.Binary;
import org.conv4j.op.Convolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.op.Pooling;
import org.conv4j.op.Reduction;
import org.conv4j.op.Softmax;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.OpCase;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@link org.conv4j.op} says of NaN and infinities, with vectors that are full and not. */
abstract class NonFiniteContract extends Contract {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static final double[] INPUTS = {NAN, INF, -INF, -0.0, 0, 0x1p-140, -0x1p-140, 1.5, -1.5};

  private static final Set<Elementwise> CLAMPS =
      Set.of(
          Activation.RELU,
          Activation.RELU6,
          Activation.HARD_SIGMOID,
          Activation.HARD_SIGMOID_KERAS_2,
          Activation.HARD_TANH,
          new Elementwise.Clip(-2, 2));

  /** What Keras 3.15 on TensorFlow 2.21 answers for NaN, plus infinity and minus infinity. */
  private static final Map<Elementwise, double[]> ANSWERS =
      Map.ofEntries(
          Map.entry(Activation.RELU, new double[] {NAN, INF, 0}),
          Map.entry(Activation.RELU6, new double[] {NAN, 6, 0}),
          Map.entry(Activation.LEAKY_RELU, new double[] {NAN, INF, -INF}),
          Map.entry(Activation.ELU, new double[] {NAN, INF, -1}),
          Map.entry(Activation.SELU, new double[] {NAN, INF, -1.7580993408473766}),
          Map.entry(Activation.CELU, new double[] {NAN, INF, -1}),
          Map.entry(Activation.GELU, new double[] {NAN, INF, NAN}),
          Map.entry(Activation.SILU, new double[] {NAN, INF, NAN}),
          Map.entry(Activation.TANH, new double[] {NAN, 1, -1}),
          Map.entry(Activation.SIGMOID, new double[] {NAN, 1, 0}),
          Map.entry(Activation.HARD_SIGMOID, new double[] {NAN, 1, 0}),
          Map.entry(Activation.HARD_SIGMOID_KERAS_2, new double[] {NAN, 1, 0}),
          Map.entry(Activation.HARD_SILU, new double[] {NAN, INF, NAN}),
          Map.entry(Activation.HARD_TANH, new double[] {NAN, 1, -1}),
          Map.entry(Activation.SOFTPLUS, new double[] {NAN, INF, 0}),
          Map.entry(Activation.SOFTSIGN, new double[] {NAN, NAN, NAN}),
          Map.entry(Activation.EXPONENTIAL, new double[] {NAN, INF, 0}),
          Map.entry(Activation.LOG_SIGMOID, new double[] {NAN, 0, -INF}),
          Map.entry(Activation.MISH, new double[] {NAN, INF, NAN}),
          Map.entry(Activation.HARD_SHRINK, new double[] {0, INF, -INF}),
          Map.entry(Activation.SOFT_SHRINK, new double[] {0, INF, -INF}),
          Map.entry(Activation.TANH_SHRINK, new double[] {NAN, INF, -INF}),
          Map.entry(Activation.SQUAREPLUS, new double[] {NAN, INF, NAN}),
          Map.entry(Activation.SPARSE_PLUS, new double[] {NAN, INF, 0}),
          Map.entry(new Elementwise.Clip(-2, 2), new double[] {NAN, 2, -2}));

  NonFiniteContract(EngineContract whole) {
    super(whole);
  }

  @TestFactory
  final Stream<DynamicTest> functionsAreTheirDefinitions() {
    return ANSWERS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey().toString(), () -> checkAlone(entry.getKey(), entry.getValue())));
  }

  private void checkAlone(Elementwise function, double[] answers) {
    int repeats = 5;
    double[] input = new double[repeats * INPUTS.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = INPUTS[i % INPUTS.length];
    }
    Op op = new Eltwise(Shape.of(1, input.length), function);
    for (DataType dataType : engine().dataTypes()) {
      double[] output = run(op, dataType, List.of(), input);
      for (int i = 0; i < output.length; i++) {
        int at = i % INPUTS.length;
        double expected = at < answers.length ? answers[at] : function.apply(INPUTS[at]);
        assertSame(function, INPUTS[at], output[i], expected, false);
      }
    }
  }

  /** The sums reach the function in registers, as whole vectors and as parts of one. */
  @TestFactory
  final Stream<DynamicTest> functionsOfSumsAreTheirDefinitions() {
    return ANSWERS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey().toString(), () -> checkFused(entry.getKey(), entry.getValue())));
  }

  private void checkFused(Elementwise function, double[] answers) {
    assumeTrue(whole().definesFunctionsOfSums(), "needs vectors of more than 16 bytes");
    for (int filters : new int[] {3, 16, 37}) {
      int channels = 8;
      Shape shape = Shape.of(1, INPUTS.length, channels);
      Op op = new Convolution(shape, shape.withDim(2, filters), window(1, 0), 1, false, function);
      double[] input = new double[INPUTS.length * channels];
      for (int i = 0; i < input.length; i++) {
        input[i] = i % channels == 2 ? INPUTS[i / channels] : 0;
      }
      double[] ones = IntStream.range(0, channels * filters).mapToDouble(i -> 1).toArray();
      for (DataType dataType : engine().dataTypes()) {
        double[] output = run(op, dataType, List.of(ones), input);
        for (int i = 0; i < 3 * filters; i++) {
          int at = i / filters;
          assertSame(function, INPUTS[at], output[i], answers[at], true);
        }
      }
    }
  }

  private static void assertSame(
      Elementwise function, double input, double actual, double expected, boolean fused) {
    boolean mayBeBound = fused && Double.isNaN(input) && CLAMPS.contains(function);
    boolean mayBeNaN = function == Activation.GELU && input == INF && Double.isNaN(actual);
    boolean close = Math.abs(actual - expected) <= 1e-5;
    assertThat(
            Double.compare(actual, expected) == 0
                || close
                || mayBeBound && Double.isFinite(actual)
                || mayBeNaN)
        .as("%s of %s is %s, not %s", function, input, actual, expected)
        .isTrue();
  }

  @Test
  final void windowsTakeTheLargestNumber() {
    for (DataType dataType : engine().dataTypes()) {
      double lowest = dataType.lowest();
      for (int channels : new int[] {1, 8, 19}) {
        double[] first = {NAN, 1, 2, -INF, INF, NAN, NAN, NAN, NAN, -INF, -INF, -INF};
        double[] expected = {
          1, 2, 2, INF, INF, INF, lowest, lowest, lowest, lowest, lowest, lowest
        };
        Shape shape = Shape.of(1, first.length, channels);
        Op op = new Pooling(shape, shape, window(3, 1), PoolingKind.MAX);
        double[] output = run(op, dataType, List.of(), repeated(first, channels));
        assertThat(output).containsExactly(repeated(expected, channels));
      }
    }
  }

  @Test
  final void meansOfWindowsAreOfAllElements() {
    double[] first = {NAN, 1, 2, 3, INF, 4, 5, 6};
    double[] expected = {NAN, NAN, 2, INF, INF, INF, 5, 5.5};
    for (DataType dataType : engine().dataTypes()) {
      for (int channels : new int[] {1, 8, 19}) {
        Shape shape = Shape.of(1, first.length, channels);
        Op op = new Pooling(shape, shape, window(3, 1), PoolingKind.AVERAGE);
        assertThat(run(op, dataType, List.of(), repeated(first, channels)))
            .containsExactly(repeated(expected, channels));
      }
    }
  }

  @Test
  final void extremesOfTensorsAndAxesAreNaNWhereOneIs() {
    Shape shape = Shape.of(1, 3);
    for (DataType dataType : engine().dataTypes()) {
      for (BinaryFunction function : List.of(BinaryFunction.MAXIMUM, BinaryFunction.MINIMUM)) {
        Op op = new Binary(shape, shape, function, Activation.LINEAR);
        assertThat(run(op, dataType, List.of(), new double[] {NAN, 1, 5}, new double[] {1, NAN, 5}))
            .containsExactly(NAN, NAN, 5);
      }
      for (ReductionKind kind : ReductionKind.values()) {
        Op op = new Reduction(shape, IntTuple.of(1), kind);
        assertThat(run(op, dataType, List.of(), new double[] {1, NAN, 2})).containsExactly(NAN);
      }
    }
  }

  @Test
  final void aSoftmaxIsNaNWhereOneOfItsElementsIsNoNumber() {
    for (DataType dataType : engine().dataTypes()) {
      for (boolean log : new boolean[] {false, true}) {
        for (double element : new double[] {NAN, INF}) {
          softmaxIsNaNInOneRow(dataType, Shape.of(3, 19), log, element);
          softmaxIsNaNInOneRow(dataType, Shape.of(3, 19, 5), log, element);
        }
        Op op = new Softmax(Shape.of(1, 3), 1, log);
        assertThat(run(op, dataType, List.of(), new double[] {-INF, -INF, -INF}))
            .containsExactly(NAN, NAN, NAN);
        assertThat(run(op, dataType, List.of(), new double[] {-INF, 0, -INF}))
            .containsExactly(log ? -INF : 0, log ? 0 : 1, log ? -INF : 0);
      }
    }
  }

  /** For each place of the element along the axis 1. */
  private void softmaxIsNaNInOneRow(DataType dataType, Shape shape, boolean log, double element) {
    int length = shape.intDim(1);
    int stride = shape.rank() == 3 ? shape.intDim(2) : 1;
    int first = length * stride + stride / 2;
    for (int at = 0; at < length; at++) {
      double[] input = new double[(int) shape.elementCount()];
      input[first + at * stride] = element;
      double[] output = run(new Softmax(shape, 1, log), dataType, List.of(), input);
      for (int i = 0; i < output.length; i++) {
        boolean inRow = i / (length * stride) == 1 && i % stride == first % stride;
        assertThat(Double.isNaN(output[i])).as("%d of %s", i, shape).isEqualTo(inRow);
      }
    }
  }

  /** Without exactness, which may let it spread. */
  @Test
  final void whatIsNotFiniteReachesEveryOutputThatReadsIt() {
    int channels = 32;
    Shape shape = Shape.of(1, 12, 12, channels);
    IntTuple one = IntTuple.of(1, 1);
    Window window = new Window(IntTuple.of(3, 3), one, one, one, one);
    Op op = new Convolution(shape, shape, window, 1, false, Activation.LINEAR);
    double[] weights = new double[9 * channels * channels];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 + i % 3;
    }
    for (double element : new double[] {NAN, INF}) {
      double[] input = new double[12 * 12 * channels];
      input[(5 * 12 + 7) * channels + 3] = element;
      for (DataType dataType : engine().dataTypes()) {
        double[] output = run(op, dataType, List.of(weights), input);
        for (int i = 0; i < output.length; i++) {
          int row = i / channels / 12;
          int column = i / channels % 12;
          if (Math.abs(row - 5) <= 1 && Math.abs(column - 7) <= 1) {
            assertThat(Double.isFinite(output[i])).as("(%d, %d)", row, column).isFalse();
          }
        }
      }
    }
  }

  private double[] run(Op op, DataType dataType, List<double[]> constants, double[]... inputs) {
    return new OpCase(op, List.of(inputs), constants)
        .run(engine(), dataType, CompileOptions.DEFAULT);
  }

  private static Window window(int kernel, int pad) {
    IntTuple one = IntTuple.of(1);
    return new Window(IntTuple.of(kernel), one, one, IntTuple.of(pad), IntTuple.of(pad));
  }

  /** Each element once for every channel. */
  private static double[] repeated(double[] values, int channels) {
    List<Double> all = new ArrayList<>();
    for (double value : values) {
      for (int c = 0; c < channels; c++) {
        all.add(value);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
