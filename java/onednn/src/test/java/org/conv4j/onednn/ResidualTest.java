package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.Fallback;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.OpTypes;
import org.conv4j.engine.Scratchpad;
import org.conv4j.onednn.binding.NativeKernel;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.op.Convolution;
import org.conv4j.portable.JavaEngine;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The second input of a convolution, on every kernel candidate. */
class ResidualTest {
  private static final CompileOptions EXACT = CompileOptions.DEFAULT.withExact(true);

  private static final List<Elementwise> ACTIVATIONS =
      List.of(Activation.LINEAR, Activation.RELU, Activation.HARD_SHRINK);

  @ParameterizedTest
  @EnumSource(DataType.class)
  void isAddedBeforeTheActivation(DataType dataType) {
    assumeTrue(new OneDnnEngine().dataTypes().contains(dataType), "needs the native library");
    for (Elementwise activation : ACTIVATIONS) {
      for (int channels : new int[] {1, 3, 16, 17, 64}) {
        assertEqualsReference(convolution(10, channels, 2 * channels, 1, 1, activation), dataType);
        assertEqualsReference(convolution(10, channels, 20, 3, 1, activation), dataType);
        assertEqualsReference(
            convolution(10, channels, channels, 3, channels, activation), dataType);
        assertEqualsReference(
            convolution(10, channels, 2 * channels, 3, channels, activation), dataType);
        assertEqualsReference(sequence(channels, 1, activation), dataType);
        assertEqualsReference(sequence(channels, 2, activation), dataType);
      }
      assertEqualsReference(convolution(20, 64, 64, 3, 16, activation), dataType);
      assertEqualsReference(convolution(20, 3, 3, 5, 1, activation), dataType);
    }
  }

  @Test
  void costsOneDnnsFastKernelsNothing() {
    assertThat(compiled(convolution(56, 64, 256, 1, 1, Activation.RELU), EXACT))
        .isEqualTo("direct");
    assertThat(compiled(convolution(28, 144, 32, 1, 1, Activation.LINEAR), EXACT))
        .isEqualTo("direct");
    assertThat(compiled(convolution(28, 24, 144, 1, 1, Activation.LINEAR), EXACT))
        .isEqualTo("direct");
    assertThat(compiled(convolution(28, 8, 64, 3, 1, Activation.RELU), EXACT)).isEqualTo("direct");
  }

  @Test
  void costsOurFasterKernelsNothing() {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
    assertThat(compiled(convolution(56, 64, 64, 3, 1, Activation.RELU), CompileOptions.DEFAULT))
        .isEqualTo("native-winograd");
    assertThat(compiled(convolution(56, 64, 64, 3, 16, Activation.RELU), EXACT))
        .isEqualTo("native-grouped");
    assertThat(compiled(convolution(28, 64, 64, 3, 64, Activation.RELU6), EXACT))
        .isEqualTo("native-depthwise");
    assertThat(compiled(sequence(64, 1, Activation.LINEAR), EXACT)).isEqualTo("native-depthwise");
    int halfAVectorMore = NativeKernel.lanes(DataType.FLOAT32) * 3 / 2;
    assertThat(compiled(convolution(56, 144, halfAVectorMore, 1, 1, Activation.LINEAR), EXACT))
        .isEqualTo("native-pointwise");
  }

  @Test
  void keepsTheImplementationOfTheSameConvolutionWithoutIt() {
    for (int kernel : new int[] {1, 3}) {
      for (int groups : new int[] {1, 64}) {
        Convolution with = convolution(28, 64, 64, kernel, groups, Activation.RELU);
        Convolution without =
            new Convolution(
                with.input(), with.output(), with.window(), groups, true, Activation.RELU);
        assertThat(implementation(with)).isEqualTo(implementation(without)).doesNotContain("ref");
      }
    }
  }

  private static String compiled(Convolution op, CompileOptions options) {
    try (Tensor kernel = integers(kernel(op), DataType.FLOAT32);
        Tensor bias = integers(Shape.of(op.output().dim(-1)), DataType.FLOAT32);
        CompiledOp compiled =
            new OneDnnEngine().compileAlone(op, DataType.FLOAT32, List.of(kernel, bias), options)) {
      return compiled.kernel();
    }
  }

  private static String implementation(Convolution op) {
    try (Tensor kernel = integers(kernel(op), DataType.FLOAT32);
        Tensor bias = integers(Shape.of(op.output().dim(-1)), DataType.FLOAT32);
        CompiledOp compiled =
            new OneDnnEngine().compileAlone(op, DataType.FLOAT32, List.of(kernel, bias), EXACT)) {
      return compiled.implementation();
    }
  }

  private static void assertEqualsReference(Convolution op, DataType dataType) {
    try (Tensor kernel = integers(kernel(op), dataType);
        Tensor bias = integers(Shape.of(op.output().dim(-1)), dataType);
        Tensor input = integers(op.input(), dataType);
        Tensor residual = integers(op.output(), dataType)) {
      List<Tensor> constants = List.of(kernel, bias);
      Tensor[] inputs = {input, residual};
      double[] expected = run(new ReferenceEngine(), op, dataType, constants, inputs);
      for (int run = 0; run < 2; run++) {
        assertThat(run(new OneDnnEngine(), op, dataType, constants, inputs))
            .as("%s", op)
            .usingComparatorWithPrecision(0.0)
            .containsExactly(expected);
      }
    }
  }

  private static double[] run(
      Engine engine, Convolution op, DataType dataType, List<Tensor> constants, Tensor[] inputs) {
    try (CompiledOp compiled =
            EngineChain.of(engine, Fallback.to(JavaEngine.NAME))
                .compile(op, OpTypes.of(op, dataType), constants, EXACT)
                .op();
        Scratchpad scratchpad = Scratchpad.allocate(compiled.scratchpadBytes());
        OpRunner runner = compiled.newRunner(scratchpad);
        Tensor output = Tensor.allocate(dataType, op.output())) {
      runner.run(inputs, output);
      runner.run(inputs, output);
      return output.toDoubleArray();
    }
  }

  private static Convolution convolution(
      int extent, int channels, int filters, int kernel, int groups, Elementwise activation) {
    IntTuple one = IntTuple.of(1, 1);
    IntTuple pad = IntTuple.of(kernel / 2, kernel / 2);
    return new Convolution(
        Shape.of(1, extent, extent, channels),
        Shape.of(1, extent, extent, filters),
        new Window(IntTuple.of(kernel, kernel), one, one, pad, pad),
        groups,
        true,
        true,
        activation);
  }

  private static Convolution sequence(int channels, int dilation, Elementwise activation) {
    IntTuple pad = IntTuple.of(dilation);
    Shape shape = Shape.of(2, 20, channels);
    return new Convolution(
        shape,
        shape,
        new Window(IntTuple.of(3), IntTuple.of(1), pad, pad, pad),
        channels,
        true,
        true,
        activation);
  }

  private static Shape kernel(Convolution op) {
    long[] dims = new long[op.window().rank() + 2];
    for (int i = 0; i < op.window().rank(); i++) {
      dims[i] = op.window().kernel().get(i);
    }
    dims[dims.length - 2] = op.channelsPerGroup();
    dims[dims.length - 1] = op.output().dim(-1);
    return Shape.of(dims);
  }

  private static Tensor integers(Shape shape, DataType dataType) {
    Random random = new Random(shape.hashCode());
    Tensor tensor = Tensor.allocate(dataType, shape);
    tensor.transform(ignored -> random.nextInt(9) - 4);
    return tensor;
  }
}
