package org.conv4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.conv4j.dl4j.LayersTest.Format;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolutions and pooling with random kernels, strides, dilations, padding and modes, where
 * Deeplearning4j has an answer.
 */
class WindowsTest {
  private static final int CASES = 8;

  private final Random random = new Random(16);

  /** Arguments of one layer; the same for every dimension of its space but for the kernel. */
  private record Case(
      int[] kernel, int stride, int dilation, int padding, ConvolutionMode mode, Format format) {
    Case ofRank(int rank) {
      return new Case(Arrays.copyOf(kernel, rank), stride, dilation, padding, mode, format);
    }

    int[] strides() {
      return each(stride);
    }

    int[] dilations() {
      return each(dilation);
    }

    int[] paddings() {
      return each(padding);
    }

    private int[] each(int number) {
      int[] numbers = new int[kernel.length];
      Arrays.fill(numbers, number);
      return numbers;
    }

    @Override
    public String toString() {
      return "%s %s, kernel %s, stride %d, dilation %d, padding %d"
          .formatted(format, mode, Arrays.toString(kernel), stride, dilation, padding);
    }
  }

  /** Deeplearning4j's convolutions fail in mode Same if windows leave gaps. */
  private Case next(int rank, ConvolutionMode... modes) {
    int[] kernel = random.ints(rank, 1, 4).toArray();
    ConvolutionMode mode = modes[random.nextInt(modes.length)];
    boolean same = mode == ConvolutionMode.Same;
    return new Case(
        kernel,
        1 + random.nextInt(same ? Arrays.stream(kernel).min().getAsInt() : 3),
        1 + random.nextInt(2),
        mode == ConvolutionMode.Truncate ? random.nextInt(2) : 0,
        mode,
        Format.values()[random.nextInt(2)]);
  }

  /** Random cases of a layer, both types. */
  private List<DynamicTest> sweep(
      int rank, BiFunction<Case, DataType, Layer> layer, ConvolutionMode... modes) {
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      Case given = next(rank, modes);
      for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
        tests.add(
            dynamicTest(
                given + ", " + type,
                () ->
                    Nets.assertSame(
                        network(type, given, layer.apply(given, type)),
                        Nets.random(type, shape(given)))));
      }
    }
    return tests;
  }

  private static MultiLayerNetwork network(DataType type, Case given, Layer layer) {
    InputType input =
        switch (given.kernel.length) {
          case 1 -> InputType.recurrent(3, 11, given.format.sequences());
          case 2 -> InputType.convolutional(9, 8, 3, given.format.images());
          default -> InputType.convolutional3D(given.format.volumes(), 7, 6, 5, 3);
        };
    return Nets.chain(type, input, layer);
  }

  private static long[] shape(Case given) {
    boolean first = given.format == Format.FIRST;
    return switch (given.kernel.length) {
      case 1 -> first ? new long[] {2, 3, 11} : new long[] {2, 11, 3};
      case 2 -> first ? new long[] {2, 3, 9, 8} : new long[] {2, 9, 8, 3};
      default -> first ? new long[] {2, 3, 7, 6, 5} : new long[] {2, 7, 6, 5, 3};
    };
  }

  @TestFactory
  List<DynamicTest> convolution1D() {
    return sweep(
        1,
        (given, type) ->
            new Convolution1D.Builder(given.kernel[0], given.stride, given.padding)
                // Deeplearning4j fails with a dilation and floats.
                .dilation(type == DataType.FLOAT ? 1 : given.dilation)
                .nOut(4)
                .convolutionMode(given.mode)
                .rnnDataFormat(given.format.sequences())
                .activation(Activation.TANH)
                .build(),
        ConvolutionMode.values());
  }

  @TestFactory
  List<DynamicTest> convolution2D() {
    return sweep(
        2,
        (given, type) ->
            with(new Convolution2D.Builder(given.kernel), given)
                .dataFormat(given.format.images())
                .nOut(4)
                .build(),
        ConvolutionMode.Same,
        ConvolutionMode.Truncate);
  }

  @TestFactory
  List<DynamicTest> depthwiseConvolution2D() {
    return sweep(
        2,
        (given, type) ->
            with(new DepthwiseConvolution2D.Builder(given.kernel), given)
                .dataFormat(given.format.images())
                .depthMultiplier(2)
                .nOut(6)
                .build(),
        ConvolutionMode.Same,
        ConvolutionMode.Truncate);
  }

  @TestFactory
  List<DynamicTest> separableConvolution2D() {
    return sweep(
        2,
        (given, type) ->
            with(new SeparableConvolution2D.Builder(given.kernel), given)
                .dataFormat(given.format.images())
                .depthMultiplier(2)
                .nOut(5)
                .build(),
        ConvolutionMode.Same,
        ConvolutionMode.Truncate);
  }

  @TestFactory
  List<DynamicTest> deconvolution2D() {
    return sweep(
        2,
        (given, type) ->
            with(new Deconvolution2D.Builder(given.kernel), given)
                .dataFormat(given.format.images())
                .nOut(4)
                .build(),
        ConvolutionMode.Same,
        ConvolutionMode.Truncate);
  }

  private static <T extends ConvolutionLayer.BaseConvBuilder<T>> T with(T builder, Case given) {
    return builder
        .stride(given.strides())
        .dilation(given.dilations())
        .padding(given.paddings())
        .convolutionMode(given.mode)
        .activation(Activation.RELU);
  }

  @TestFactory
  List<DynamicTest> convolution3D() {
    return sweep(
        3,
        (given, type) ->
            new Convolution3D.Builder(given.kernel)
                .stride(given.strides())
                .padding(given.paddings())
                .nOut(4)
                .convolutionMode(given.mode)
                .dataFormat(given.format.volumes())
                .activation(Activation.TANH)
                .build(),
        ConvolutionMode.Same,
        ConvolutionMode.Truncate);
  }

  @TestFactory
  List<DynamicTest> deconvolution3D() {
    return sweep(
        3,
        (given, type) ->
            new Deconvolution3D.Builder()
                .kernelSize(given.kernel)
                .stride(given.strides())
                .dilation(given.dilations())
                .padding(given.paddings())
                .nOut(4)
                .convolutionMode(given.mode)
                .dataFormat(given.format.volumes())
                .activation(Activation.TANH)
                .build(),
        ConvolutionMode.Same,
        ConvolutionMode.Truncate);
  }

  @TestFactory
  List<DynamicTest> pooling() {
    List<DynamicTest> tests = new ArrayList<>();
    for (PoolingType type : PoolingType.values()) {
      if (type != PoolingType.SUM) {
        tests.addAll(sweep(1, (given, of) -> pooling1D(type, given), ConvolutionMode.Same));
        tests.addAll(
            sweep(
                2,
                (given, of) -> pooling2D(type, of, given),
                ConvolutionMode.Same,
                ConvolutionMode.Truncate));
      }
      tests.addAll(
          sweep(
              3,
              (given, of) -> pooling3D(type, given),
              ConvolutionMode.Same,
              ConvolutionMode.Truncate));
    }
    return tests;
  }

  private static Layer pooling1D(PoolingType type, Case given) {
    return new Pooling1D.Builder(type)
        .kernelSize(given.kernel[0])
        .stride(given.stride)
        .convolutionMode(given.mode)
        .pnorm(3)
        .dataFormat(given.format.images())
        .build();
  }

  /** With floats and a dilation, Deeplearning4j's answer depends on its natives. */
  private Layer pooling2D(PoolingType type, DataType of, Case given) {
    boolean dense = of == DataType.FLOAT && type != PoolingType.PNORM;
    return new Pooling2D.Builder(type)
        .kernelSize(given.kernel)
        .stride(given.strides())
        .dilation(dense ? new int[] {1, 1} : given.dilations())
        .padding(inside(given))
        .convolutionMode(given.mode)
        .avgPoolIncludePadInDivisor(random.nextBoolean())
        .pnorm(3)
        .dataFormat(given.format.images())
        .build();
  }

  private static Layer pooling3D(PoolingType type, Case given) {
    return new Subsampling3DLayer.Builder(type)
        .kernelSize(given.kernel)
        .stride(given.strides())
        .padding(inside(given))
        .convolutionMode(given.mode)
        .dataFormat(given.format.volumes())
        .build();
  }

  /** Padding that leaves every window an element. */
  private static int[] inside(Case given) {
    int[] padding = given.paddings();
    for (int i = 0; i < padding.length; i++) {
      padding[i] = Math.min(padding[i], given.kernel[i] - 1);
    }
    return padding;
  }

  /** Half of what windows in mode Same do not reach is skipped before the first. */
  @TestFactory
  List<DynamicTest> poolingWithGaps() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Format format : Format.values()) {
      for (int stride = 3; stride <= 5; stride++) {
        for (int rank = 1; rank <= 3; rank++) {
          Case given =
              new Case(new int[] {1, 2, 1}, stride, 1, 0, ConvolutionMode.Same, format)
                  .ofRank(rank);
          Layer layer =
              switch (rank) {
                case 1 -> pooling1D(PoolingType.MAX, given);
                case 2 -> pooling2D(PoolingType.AVG, DataType.FLOAT, given);
                default -> pooling3D(PoolingType.MAX, given);
              };
          tests.add(
              dynamicTest(
                  given.toString(),
                  () ->
                      Nets.assertSame(
                          network(DataType.FLOAT, given, layer),
                          Nets.random(DataType.FLOAT, shape(given)))));
        }
      }
    }
    return tests;
  }

  @Test
  void convolutionsOfOneDimensionSkipToo() {
    Layer layer =
        new Convolution1D.Builder(1, 4).nOut(2).convolutionMode(ConvolutionMode.Same).build();
    Nets.assertSame(
        Nets.chain(DataType.DOUBLE, InputType.recurrent(3, 11), layer),
        Nets.random(DataType.DOUBLE, 2, 3, 11));
  }

  /** In strict mode, windows must reach the end exactly. */
  @Test
  void strictModeRefusesWhatDeeplearning4jRefuses() {
    MultiLayerNetwork network =
        Nets.chain(
            DataType.FLOAT,
            null,
            new Convolution2D.Builder(3, 3)
                .nIn(1)
                .nOut(2)
                .stride(2, 2)
                .convolutionMode(ConvolutionMode.Strict)
                .build());
    Nets.assertSame(network, Nets.random(DataType.FLOAT, 1, 1, 7, 9));
    INDArray odd = Nets.random(DataType.FLOAT, 1, 1, 7, 8);
    assertThatThrownBy(() -> network.output(odd)).hasMessageContaining("Strict");
    try (Dl4jModel model = Dl4jModels.from(network)) {
      assertThatThrownBy(() -> model.output(odd))
          .isInstanceOf(DL4JInvalidInputException.class)
          .hasMessageContaining("strict mode");
    }
  }

  /** Deeplearning4j has sums in its configuration, but does not compute them. */
  @Test
  void sumsOfWindowsAreSums() {
    MultiLayerNetwork network =
        Nets.chain(
            DataType.DOUBLE,
            InputType.convolutional(4, 4, 1),
            new SubsamplingLayer.Builder(PoolingType.SUM).kernelSize(2, 2).stride(2, 2).build());
    INDArray image = Nd4j.arange(16).castTo(DataType.DOUBLE);
    try (Dl4jModel model = Dl4jModels.from(network)) {
      INDArray sums = model.output(image.reshape(1, 1, 4, 4));
      assertThat(sums.data().asDouble()).containsExactly(10, 18, 42, 50);
    }
  }
}
