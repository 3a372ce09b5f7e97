package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.Fallback;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.OpTypes;
import org.conv4j.engine.Scratchpad;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Op;
import org.conv4j.portable.JavaEngine;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Small integers make every sum exact, so results must be equal, not close. */
class NativeKernelsTest {
  private static final List<Elementwise> ACTIVATIONS =
      List.of(
          ElementwiseFunction.LINEAR,
          new Elementwise.Relu(Double.POSITIVE_INFINITY, 0, 0),
          new Elementwise.Relu(6, 0.25, 0),
          new Elementwise.Relu(6, 0, 2),
          new Elementwise.HardShrink(3));

  @Property(tries = 300)
  void convolutionsEqualTheReference(
      @ForAll @IntRange(min = 1, max = 3) int rank,
      @ForAll @IntRange(min = 1, max = 40) int groups,
      @ForAll @IntRange(min = 1, max = 5) int channelsPerGroup,
      @ForAll @IntRange(min = 1, max = 9) int filtersPerGroup,
      @ForAll DataType dataType,
      @ForAll Random random) {
    assertEqualsReference(rank, groups, channelsPerGroup, filtersPerGroup, dataType, random);
  }

  @Property(tries = 200)
  void firstLayersEqualTheReference(
      @ForAll @IntRange(min = 1, max = 3) int rank,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 64) int filters,
      @ForAll Random random) {
    assertEqualsReference(rank, 1, channels, filters, DataType.FLOAT32, random);
  }

  @Property(tries = 200)
  void pointwiseLayersEqualTheReference(
      @ForAll @IntRange(min = 1, max = 3) int rank,
      @ForAll @IntRange(min = 1, max = 3) int groups,
      @ForAll @IntRange(min = 2, max = 40) int channelsPerGroup,
      @ForAll @IntRange(min = 1, max = 70) int filtersPerGroup,
      @ForAll Random random) {
    IntTuple size = IntTuple.generate(rank, i -> 1 + random.nextInt(7));
    IntTuple one = IntTuple.filled(rank, 1);
    IntTuple zero = IntTuple.filled(rank, 0);
    boolean bias = random.nextBoolean();
    Convolution op =
        new Convolution(
            shape(2, size, groups * channelsPerGroup),
            shape(2, size, groups * filtersPerGroup),
            new Window(one, one, one, zero, zero),
            groups,
            bias,
            random.nextBoolean(),
            activation(random));
    Shape kernel = kernel(one, channelsPerGroup, groups * filtersPerGroup);
    assertEqualsReference(op, DataType.FLOAT32, kernel, bias, random);
  }

  @Property(tries = 200)
  void productsOfRowsEqualTheReference(
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 90) int channels,
      @ForAll @IntRange(min = 1, max = 130) int units,
      @ForAll Random random) {
    boolean bias = random.nextBoolean();
    InnerProduct op = new InnerProduct(Shape.of(rows, channels), units, bias, activation(random));
    assertEqualsReference(op, DataType.FLOAT32, Shape.of(channels, units), bias, random);
  }

  private static void assertEqualsReference(
      int rank,
      int groups,
      int channelsPerGroup,
      int filtersPerGroup,
      DataType dataType,
      Random random) {
    Window window = window(rank, random);
    IntTuple size = IntTuple.generate(rank, i -> window.effectiveKernel(i) + random.nextInt(8));
    IntTuple outputs =
        IntTuple.generate(
            rank,
            i ->
                (size.get(i)
                            + window.padBegin().get(i)
                            + window.padEnd().get(i)
                            - window.effectiveKernel(i))
                        / window.strides().get(i)
                    + 1);
    IntTuple padEnd =
        IntTuple.generate(
            rank,
            i ->
                (outputs.get(i) - 1) * window.strides().get(i)
                    + window.effectiveKernel(i)
                    - size.get(i)
                    - window.padBegin().get(i));
    boolean bias = random.nextBoolean();
    Convolution op =
        new Convolution(
            shape(2, size, groups * channelsPerGroup),
            shape(2, outputs, groups * filtersPerGroup),
            new Window(
                window.kernel(), window.strides(), window.dilation(), window.padBegin(), padEnd),
            groups,
            bias,
            random.nextBoolean(),
            activation(random));
    assertEqualsReference(
        op,
        dataType,
        kernel(window.kernel(), channelsPerGroup, groups * filtersPerGroup),
        bias,
        random);
  }

  @Property(tries = 200)
  void transposedConvolutionsEqualTheReference(
      @ForAll @IntRange(min = 1, max = 3) int rank,
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll @IntRange(min = 1, max = 40) int filters,
      @ForAll DataType dataType,
      @ForAll Random random) {
    Window window = window(rank, random);
    IntTuple size = IntTuple.generate(rank, i -> window.effectiveKernel(i) + random.nextInt(3));
    IntTuple outputs =
        IntTuple.generate(
            rank,
            i ->
                (size.get(i) - 1) * window.strides().get(i)
                    + window.effectiveKernel(i)
                    - window.padBegin().get(i)
                    - window.padEnd().get(i));
    boolean bias = random.nextBoolean();
    Deconvolution op =
        new Deconvolution(
            shape(2, size, channels), shape(2, outputs, filters), window, bias, activation(random));
    assertEqualsReference(op, dataType, kernel(window.kernel(), filters, channels), bias, random);
  }

  @Property(tries = 200)
  void transposedConvolutionsWithoutOverlapEqualTheReference(
      @ForAll @IntRange(min = 1, max = 3) int rank,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 70) int filters,
      @ForAll Random random) {
    IntTuple size = IntTuple.generate(rank, i -> 1 + random.nextInt(7));
    IntTuple kernel = IntTuple.generate(rank, i -> 1 + random.nextInt(3));
    IntTuple outputs = IntTuple.generate(rank, i -> size.get(i) * kernel.get(i));
    IntTuple one = IntTuple.filled(rank, 1);
    IntTuple none = IntTuple.filled(rank, 0);
    boolean bias = random.nextBoolean();
    Deconvolution op =
        new Deconvolution(
            shape(2, size, channels),
            shape(2, outputs, filters),
            new Window(kernel, kernel, one, none, none),
            bias,
            activation(random));
    assertEqualsReference(op, DataType.FLOAT32, kernel(kernel, filters, channels), bias, random);
  }

  /** Compares with ==: a zero may have either sign. */
  private static void assertEqualsReference(
      Op op, DataType dataType, Shape kernel, boolean bias, Random random) {
    OneDnnEngine engine = new OneDnnEngine();
    Assume.that(engine.dataTypes().contains(dataType));
    int threads = NativeLibrary.isAvailable() ? 1 + random.nextInt(3) : 0;
    try (Tensor weights = integers(dataType, kernel, random);
        Tensor biases = integers(dataType, Shape.of(op.output().dim(-1)), random);
        Tensor input = integers(dataType, op.input(), random);
        Tensor residual = integers(dataType, op.output(), random)) {
      List<Tensor> constants = bias ? List.of(weights, biases) : List.of(weights);
      Tensor[] inputs =
          op.inputs().size() > 1 ? new Tensor[] {input, residual} : new Tensor[] {input};
      double[] actual = run(engine, op, constants, inputs, threads);
      double[] expected = run(new ReferenceEngine(), op, constants, inputs, 1);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i] == expected[i]).as("%s at %d of %s", dataType, i, op).isTrue();
      }
    }
  }

  private static double[] run(
      Engine engine, Op op, List<Tensor> constants, Tensor[] inputs, int threads) {
    DataType dataType = inputs[0].dataType();
    try (CompiledOp compiled =
            EngineChain.of(engine, Fallback.to(JavaEngine.NAME))
                .compile(
                    op,
                    OpTypes.of(op, dataType),
                    constants,
                    CompileOptions.DEFAULT.withThreads(threads).withExact(true))
                .op();
        Scratchpad scratchpad = Scratchpad.allocate(compiled.scratchpadBytes());
        OpRunner runner = compiled.newRunner(scratchpad);
        Tensor output = Tensor.allocate(dataType, op.output())) {
      runner.run(inputs, output);
      return output.toDoubleArray();
    }
  }

  private static Window window(int rank, Random random) {
    IntTuple kernel = IntTuple.generate(rank, i -> 1 + random.nextInt(3));
    IntTuple strides = IntTuple.generate(rank, i -> 1 + random.nextInt(3));
    IntTuple dilation = IntTuple.generate(rank, i -> 1 + random.nextInt(3));
    IntTuple none = IntTuple.generate(rank, i -> 0);
    Window unpadded = new Window(kernel, strides, dilation, none, none);
    IntTuple begin = IntTuple.generate(rank, i -> random.nextInt(unpadded.effectiveKernel(i)));
    IntTuple end = IntTuple.generate(rank, i -> random.nextInt(unpadded.effectiveKernel(i)));
    return new Window(kernel, strides, dilation, begin, end);
  }

  private static Elementwise activation(Random random) {
    return ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
  }

  private static Shape shape(long batch, IntTuple size, long channels) {
    long[] dims = new long[size.size() + 2];
    dims[0] = batch;
    dims[dims.length - 1] = channels;
    for (int i = 0; i < size.size(); i++) {
      dims[i + 1] = size.get(i);
    }
    return Shape.of(dims);
  }

  private static Shape kernel(IntTuple size, long first, long second) {
    long[] dims = new long[size.size() + 2];
    for (int i = 0; i < size.size(); i++) {
      dims[i] = size.get(i);
    }
    dims[dims.length - 2] = first;
    dims[dims.length - 1] = second;
    return Shape.of(dims);
  }

  private static Tensor integers(DataType dataType, Shape shape, Random random) {
    Tensor tensor = Tensor.allocate(dataType, shape);
    tensor.transform(ignored -> random.nextInt(9) - 4);
    return tensor;
  }
}
