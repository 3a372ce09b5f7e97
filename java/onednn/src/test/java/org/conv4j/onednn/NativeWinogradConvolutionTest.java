package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.op.Convolution;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Memory;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.Outputs;

class NativeWinogradConvolutionTest {
  /** None moves two sums further apart, so the bound holds after them, too. */
  private static final List<Elementwise> ACTIVATIONS =
      List.of(
          Activation.LINEAR,
          Activation.RELU,
          Activation.RELU6,
          Activation.LEAKY_RELU,
          Activation.TANH);

  private static final String WINOGRAD = "native-winograd";

  @BeforeTry
  void needTheLibrary() {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
  }

  @Property(tries = 300)
  void staysWithinTheErrorBoundAroundTheEdgesOfTiles(
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 1, max = 13) int height,
      @ForAll @IntRange(min = 1, max = 13) int width,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 16, max = 70) int filters,
      @ForAll Random random) {
    IntTuple output = IntTuple.of(height, width);
    IntTuple begin = IntTuple.generate(2, i -> random.nextInt(3));
    IntTuple end =
        IntTuple.generate(2, i -> Math.min(random.nextInt(3), output.get(i) + 1 - begin.get(i)));
    IntTuple input = IntTuple.generate(2, i -> output.get(i) + 2 - begin.get(i) - end.get(i));
    Convolution op =
        new Convolution(
            Shape.of(batch, input.get(0), input.get(1), channels),
            Shape.of(batch, height, width, filters),
            window(IntTuple.of(3, 3), IntTuple.of(1, 1), IntTuple.of(1, 1), begin, end),
            1,
            random.nextBoolean(),
            ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size())));
    assertWithinTheErrorBound(op, random);
  }

  @Example
  void staysWithinTheErrorBoundOnTheLayersOfNetworks() {
    assertWithinTheErrorBound(same(56, 64), new Random(1));
    assertWithinTheErrorBound(same(28, 128), new Random(2));
    assertWithinTheErrorBound(same(14, 256), new Random(3));
    assertWithinTheErrorBound(same(7, 512), new Random(4));
  }

  @Example
  void isChosenUnlessTheResultMustBeExact() {
    assertThat(kernel(same(12, 64), CompileOptions.DEFAULT)).isEqualTo(WINOGRAD);
    assertThat(kernel(same(12, 64), CompileOptions.DEFAULT.withExact(true))).isEqualTo("direct");
  }

  @Example
  void leavesImagesAloneThatDoNotFillItsTiles() {
    NativeWinogradConvolution winograd = new NativeWinogradConvolution();
    assertThat(winograd.accepts(same(4, 64))).isFalse();
    assertThat(winograd.accepts(same(5, 64))).isFalse();
    assertThat(winograd.accepts(same(6, 64))).isTrue();
    assertThat(winograd.accepts(same(9, 64))).isTrue();
  }

  @Property(tries = 100)
  void isNeverChosenWhereTheResultMustBeExact(
      @ForAll @IntRange(min = 1, max = 40) int extent,
      @ForAll @IntRange(min = 1, max = 200) int channels,
      @ForAll @IntRange(min = 0, max = 2) int threads) {
    CompileOptions exact = CompileOptions.DEFAULT.withThreads(threads).withExact(true);
    assertThat(kernel(same(extent, channels), exact)).isNotEqualTo(WINOGRAD);
  }

  @Example
  void leavesOtherConvolutionsAlone() {
    IntTuple one = IntTuple.of(1, 1);
    IntTuple two = IntTuple.of(2, 2);
    IntTuple three = IntTuple.of(3, 3);
    assertThat(accepts(64, window(three, one, one, one, one), 1)).isTrue();
    assertThat(accepts(64, window(three, two, one, one, one), 1)).isFalse();
    assertThat(accepts(64, window(three, one, two, two, two), 1)).isFalse();
    assertThat(accepts(64, window(IntTuple.of(5, 5), one, one, two, two), 1)).isFalse();
    assertThat(accepts(64, window(IntTuple.of(3, 1), one, one, one, one), 1)).isFalse();
    assertThat(accepts(64, window(three, one, one, one, one), 2)).isFalse();
    assertThat(accepts(3, window(three, one, one, one, one), 1)).isFalse();
  }

  private static boolean accepts(int channels, Window window, int groups) {
    long[] output = {1, 0, 0, channels};
    for (int i = 0; i < 2; i++) {
      int room = 20 + window.padBegin().get(i) + window.padEnd().get(i);
      output[i + 1] = (room - window.effectiveKernel(i)) / window.strides().get(i) + 1;
    }
    return new NativeWinogradConvolution()
        .accepts(
            new Convolution(
                Shape.of(1, 20, 20, channels),
                Shape.of(output),
                window,
                groups,
                false,
                Activation.LINEAR));
  }

  private static Convolution same(int extent, int channels) {
    Shape shape = Shape.of(1, extent, extent, channels);
    IntTuple one = IntTuple.of(1, 1);
    return new Convolution(
        shape, shape, window(IntTuple.of(3, 3), one, one, one, one), 1, true, Activation.LINEAR);
  }

  private static Window window(
      IntTuple kernel, IntTuple strides, IntTuple dilation, IntTuple begin, IntTuple end) {
    return new Window(kernel, strides, dilation, begin, end);
  }

  private static String kernel(Convolution op, CompileOptions options) {
    try (Tensor weights = normal(kernelShape(op), 1, new Random(1));
        Tensor bias = normal(Shape.of(op.output().dim(-1)), 1, new Random(2));
        CompiledOp compiled =
            new OneDnnEngine().compile(op, DataType.FLOAT32, List.of(weights, bias), options)) {
      return compiled.kernel();
    }
  }

  private static void assertWithinTheErrorBound(Convolution op, Random random) {
    try (Tensor weights =
            normal(kernelShape(op), 1 / Math.sqrt(9.0 * op.channelsPerGroup()), random);
        Tensor bias = normal(Shape.of(op.output().dim(-1)), 1, random);
        Tensor input = normal(op.input(), 1, random)) {
      List<Tensor> constants = op.bias() ? List.of(weights, bias) : List.of(weights);
      double[] sums = expectedSums(op, constants, input);
      double[] bounds = new double[sums.length];
      Arrays.fill(
          bounds,
          CompileOptions.FAST_ERROR * Arrays.stream(sums).map(Math::abs).max().getAsDouble());
      double[] expected = Arrays.stream(sums).map(op.activation()::apply).toArray();
      for (int threads = 1; threads <= 2; threads++) {
        Outputs.assertWithin(op, run(op, constants, input, threads), expected, bounds);
      }
    }
  }

  private static double[] expectedSums(Convolution op, List<Tensor> constants, Tensor input) {
    Convolution linear =
        new Convolution(
            op.input(), op.output(), op.window(), op.groups(), op.bias(), Activation.LINEAR);
    return run(
        new ReferenceEngine().compile(linear, DataType.FLOAT32, constants, CompileOptions.DEFAULT),
        op,
        input);
  }

  private static double[] run(Convolution op, List<Tensor> constants, Tensor input, int threads) {
    CompiledOp compiled =
        NativeThreads.with(threads, () -> new NativeWinogradConvolution().compile(op, constants));
    return run(compiled, op, input);
  }

  private static double[] run(CompiledOp compiled, Convolution op, Tensor input) {
    try (compiled;
        Memory scratchpad = Memory.allocate(compiled.scratchpadBytes());
        OpRunner runner = compiled.newRunner(scratchpad);
        Tensor output = Tensor.allocate(DataType.FLOAT32, op.output())) {
      output.transform(ignored -> Double.NaN);
      runner.run(new Tensor[] {input}, output);
      return output.toDoubleArray();
    }
  }

  private static Shape kernelShape(Convolution op) {
    return Shape.of(3, 3, op.channelsPerGroup(), op.output().dim(-1));
  }

  private static Tensor normal(Shape shape, double scale, Random random) {
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, shape);
    tensor.transform(ignored -> scale * random.nextGaussian());
    return tensor;
  }
}
