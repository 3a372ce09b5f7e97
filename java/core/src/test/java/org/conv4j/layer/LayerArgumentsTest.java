package org.conv4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.conv4j.activation.Activation;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv1DTranspose;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.Conv3D;
import org.conv4j.layer.convolution.Conv3DTranspose;
import org.conv4j.layer.convolution.ConvolutionLayer;
import org.conv4j.layer.convolution.ConvolutionOptions;
import org.conv4j.layer.convolution.DepthwiseConv1D;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.layer.convolution.SeparableConv1D;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerArgumentsTest {
  static Stream<ConvolutionLayer<?>> layers() {
    return Stream.of(
        Conv1D.of(6, 3),
        Conv2D.of(6, 3),
        Conv3D.of(6, 3),
        DepthwiseConv1D.of(3),
        DepthwiseConv2D.of(3),
        SeparableConv1D.of(6, 3),
        SeparableConv2D.of(6, 3),
        Conv1DTranspose.of(6, 3),
        Conv2DTranspose.of(6, 3),
        Conv3DTranspose.of(6, 3));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theDefaultsAreThoseOfKeras(ConvolutionLayer<?> layer) {
    ConvolutionOptions options = layer.options();
    assertThat(options.kernelSize().all(3)).isTrue();
    assertThat(options.strides().all(1)).isTrue();
    assertThat(options.dilationRate().all(1)).isTrue();
    assertThat(options.strides().size()).isEqualTo(options.kernelSize().size());
    assertThat(options.padding()).isEqualTo(Padding.VALID);
    assertThat(options.dataFormat()).isEqualTo(DataFormat.CHANNELS_LAST);
    assertThat(options.activation()).isEqualTo(Activation.LINEAR);
    assertThat(options.useBias()).isTrue();
  }

  @Test
  void theOwnArgumentsDefaultToThoseOfKeras() {
    assertThat(Conv2D.of(64, 3).groups()).isEqualTo(1);
    assertThat(DepthwiseConv2D.of(3).depthMultiplier()).isEqualTo(1);
    assertThat(SeparableConv2D.of(64, 3).depthMultiplier()).isEqualTo(1);
    assertThat(Conv2DTranspose.of(64, 3).outputPadding()).isNull();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aWitherReturnsAChangedCopy(ConvolutionLayer<?> layer) {
    ConvolutionOptions before = layer.options();
    assertThat(layer.name("renamed").name()).isEqualTo("renamed");
    assertThat(layer.strides(2).options().strides().all(2)).isTrue();
    assertThat(layer.dilationRate(2).options().dilationRate().all(2)).isTrue();
    assertThat(layer.padding(Padding.SAME).options().padding()).isEqualTo(Padding.SAME);
    assertThat(layer.dataFormat(DataFormat.CHANNELS_FIRST).options().dataFormat())
        .isEqualTo(DataFormat.CHANNELS_FIRST);
    assertThat(layer.activation(Activation.RELU).options().activation()).isEqualTo(Activation.RELU);
    assertThat(layer.useBias(false).options().useBias()).isFalse();
    assertThat(layer.options()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void stridesAndDilationMayBothExceedOne(ConvolutionLayer<?> layer) {
    assertThat(layer.strides(2).dilationRate(2).options().strides().all(2)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void illegalCommonArgumentsAreNamed(ConvolutionLayer<?> layer) {
    ConvolutionLayer<?> named = layer.name("stem");
    refused(() -> named.strides(0), "strides", "at least 1", "0");
    refused(() -> named.strides(1, 1, 1, 1), "strides", "a single number", "(1, 1, 1, 1)");
    refused(() -> named.strides(), "strides", "a single number", "()");
    refused(() -> named.dilationRate(-1), "dilation_rate", "at least 1", "-1");
    if (layer.options().kernelSize().size() > 1 || layer instanceof Conv1DTranspose) {
      refused(() -> named.padding(Padding.CAUSAL), "padding", "valid or same", "causal");
    }
  }

  static Stream<Arguments> illegal() {
    return Stream.of(
        illegal(() -> Conv2D.of(0, 3), "filters", "at least 1", "0"),
        illegal(() -> Conv2D.of(4, 0), "kernel_size", "at least 1", "(0,)"),
        illegal(() -> Conv2D.of(4, 3, 3, 3), "kernel_size", "2 of them", "(3, 3, 3)"),
        illegal(() -> Conv2D.of(4, 3).groups(3), "groups", "a divisor of filters=4", "3"),
        illegal(() -> Conv1D.of(4, 3).groups(0), "groups", "at least 1", "0"),
        illegal(() -> Conv3D.of(4, 3).groups(-2), "groups", "at least 1", "-2"),
        illegal(() -> DepthwiseConv1D.of(-3), "kernel_size", "at least 1", "-3"),
        illegal(
            () -> DepthwiseConv2D.of(3).depthMultiplier(0), "depth_multiplier", "at least 1", "0"),
        illegal(() -> SeparableConv1D.of(-1, 3), "filters", "at least 1", "-1"),
        illegal(
            () -> SeparableConv2D.of(1, 3).depthMultiplier(-1),
            "depth_multiplier",
            "at least 1",
            "-1"),
        illegal(() -> Conv1DTranspose.of(0, 3), "filters", "at least 1", "0"),
        illegal(
            () -> Conv2DTranspose.of(1, 3).strides(2, 3).outputPadding(2),
            "output_padding",
            "below the strides (2, 3)",
            "(2, 2)"),
        illegal(
            () -> Conv3DTranspose.of(1, 3).outputPadding(-1),
            "output_padding",
            "at least 0",
            "-1"));
  }

  private static Arguments illegal(
      Supplier<?> construction, String argument, String expected, String given) {
    return arguments(construction, argument, expected, given);
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void refused(Supplier<?> construction, String argument, String expected, String given) {
    assertThatThrownBy(construction::get)
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageStartingWith("Layer '")
        .hasMessageContaining(argument + " must be ")
        .hasMessageContaining(expected)
        .hasMessageContaining(given);
  }

  @Test
  void weightsHaveTheNamesAndLayoutsOfKeras() {
    Shape image = Shape.of(1, 9, 9, 4);
    assertThat(Conv2D.of(6, 3, 5).groups(2).weights(image))
        .containsExactly(spec("kernel", 3, 5, 2, 6), spec("bias", 6));
    assertThat(Conv2DTranspose.of(6, 3, 5).weights(image))
        .containsExactly(spec("kernel", 3, 5, 6, 4), spec("bias", 6));
    assertThat(DepthwiseConv2D.of(3, 5).depthMultiplier(2).weights(image))
        .containsExactly(spec("kernel", 3, 5, 4, 2), spec("bias", 8));
    assertThat(SeparableConv2D.of(6, 3, 5).depthMultiplier(2).useBias(false).weights(image))
        .containsExactly(
            spec("depthwise_kernel", 3, 5, 4, 2), spec("pointwise_kernel", 1, 1, 8, 6));
  }

  @Test
  void outputShapesFollowTheDataFormat() {
    Shape first = Shape.of(2, 4, 9, 8);
    assertThat(Conv2D.of(6, 3).dataFormat(DataFormat.CHANNELS_FIRST).outputShape(first))
        .isEqualTo(Shape.of(2, 6, 7, 6));
    assertThat(DepthwiseConv1D.of(3).depthMultiplier(3).strides(2).outputShape(Shape.of(1, 9, 2)))
        .isEqualTo(Shape.of(1, 4, 6));
    assertThat(
            Conv3DTranspose.of(5, 3)
                .strides(2)
                .padding(Padding.SAME)
                .outputShape(Shape.of(1, 2, 3, 4, 7)))
        .isEqualTo(Shape.of(1, 4, 6, 8, 5));
  }

  @Test
  void inputsThatALayerCannotTakeAreRefusedWithItsName() {
    for (Supplier<?> call :
        List.<Supplier<?>>of(
            () -> Conv2D.of(1, 3).name("stem").outputShape(Shape.of(1, 9, 9)),
            () -> Conv2D.of(1, 3).name("stem").outputShape(Shape.of(1, 2, 9, 1)),
            () -> Conv2D.of(4, 3).groups(4).name("stem").outputShape(Shape.of(1, 9, 9, 6)))) {
      assertThatThrownBy(call::get)
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageStartingWith("Layer 'stem'");
    }
  }

  @Test
  void missingSuperfluousOrMisshapenWeightsAreRefused() {
    List<WeightSpec> specs = Conv1D.of(2, 3).weights(Shape.of(1, 9, 4));
    try (Tensor kernel = Tensor.allocate(DataType.FLOAT32, Shape.of(3, 4, 2));
        Tensor bias = Tensor.allocate(DataType.FLOAT32, Shape.of(2))) {
      Weights.of(kernel, bias).check("stem", specs);
      assertThatThrownBy(() -> Weights.of(kernel).check("stem", specs))
          .hasMessage("Layer 'stem' needs the weights kernel, bias; given kernel.");
      assertThatThrownBy(() -> Weights.of(bias, bias).check("stem", specs))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessage("Layer 'stem': the weight kernel must have the shape (3, 4, 2); given (2,).");
      assertThatThrownBy(() -> Weights.of(kernel, bias).check("stem", specs.subList(0, 1)))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("and no others");
    }
  }

  @Test
  void layersAreValues() {
    assertThat(Conv2D.of(4, 3)).isEqualTo(Conv2D.of(4, 3, 3)).hasSameHashCodeAs(Conv2D.of(4, 3, 3));
    assertThat(Conv2DTranspose.of(4, 3).strides(2).outputPadding(1).outputPadding())
        .isEqualTo(IntTuple.of(1, 1));
  }

  private static WeightSpec spec(String name, long... dims) {
    return new WeightSpec(name, Shape.of(dims));
  }
}
