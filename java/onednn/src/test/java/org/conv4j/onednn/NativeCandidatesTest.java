package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Plan;
import org.conv4j.layer.Conv1D;
import org.conv4j.layer.Conv2D;
import org.conv4j.layer.Conv2DTranspose;
import org.conv4j.layer.DepthwiseConv2D;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.model.Model;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeCandidatesTest {
  private static final Shape IMAGE = Shape.of(1, 56, 56, 64);

  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
  }

  @Test
  void depthwiseWithAMultiplierIsOurs() {
    assertThat(kernel(DepthwiseConv2D.of(3).depthMultiplier(2), IMAGE, DataType.FLOAT32))
        .isEqualTo("native-depthwise");
  }

  @Test
  void depthwiseOfFewChannelsWithAMultiplierIsOurs() {
    DepthwiseConv2D layer = DepthwiseConv2D.of(3).depthMultiplier(2);
    assertThat(kernel(layer, Shape.of(1, 56, 56, 8), DataType.FLOAT32))
        .isEqualTo("native-depthwise");
    assertThat(kernel(layer, Shape.of(1, 56, 56, 3), DataType.FLOAT32)).isEqualTo("direct");
  }

  @Test
  void depthwiseOfFewChannelsIsOursInFloat64() {
    assertThat(kernel(DepthwiseConv2D.of(3), Shape.of(1, 56, 56, 3), DataType.FLOAT64))
        .isEqualTo("native-depthwise");
    assertThat(kernel(DepthwiseConv2D.of(3), Shape.of(1, 56, 56, 1), DataType.FLOAT64))
        .isEqualTo("native-image");
  }

  @Test
  void depthwiseWithoutAMultiplierIsOneDnns() {
    assertThat(kernel(DepthwiseConv2D.of(3), IMAGE, DataType.FLOAT32)).isEqualTo("direct");
  }

  @Test
  void groupsOfFourAreOurs() {
    assertThat(kernel(Conv2D.of(64, 3).groups(16), IMAGE, DataType.FLOAT32))
        .isEqualTo("native-grouped");
  }

  @Test
  void groupsOfEightAreOursWhereTheyFillVectors() {
    assertThat(kernel(Conv2D.of(64, 3).groups(8), IMAGE, DataType.FLOAT32))
        .isEqualTo(NativeKernel.lanes(DataType.FLOAT32) >= 8 ? "native-winograd" : "direct");
  }

  @Test
  void groupsOfEightWithStridesAreOneDnns() {
    assertThat(kernel(Conv2D.of(64, 3).groups(8).strides(2), IMAGE, DataType.FLOAT32))
        .isEqualTo("direct");
  }

  @Test
  void filtersOverImagesOfFewChannelsAreOurs() {
    assertThat(kernel(Conv2D.of(3, 3), Shape.of(1, 64, 64, 3), DataType.FLOAT32))
        .isEqualTo("native-image");
    assertThat(kernel(Conv1D.of(1, 9), Shape.of(1, 1000, 1), DataType.FLOAT32))
        .isEqualTo("native-image");
  }

  @Test
  void firstLayersOfOneChannelOrFewFiltersAreOurs() {
    int lanes = NativeKernel.lanes(DataType.FLOAT32);
    int filters = Math.max(lanes, 2 * NativeImageConvolution.MOST_CHANNELS);
    assertThat(kernel(Conv2D.of(filters, 3), Shape.of(1, 28, 28, 1), DataType.FLOAT32))
        .isEqualTo("native-stem");
    assertThat(kernel(Conv2D.of(filters, 3).strides(2), Shape.of(1, 28, 28, 3), DataType.FLOAT32))
        .isEqualTo("native-stem");
    assertThat(kernel(Conv2D.of(filters + lanes / 2, 3), Shape.of(1, 28, 28, 3), DataType.FLOAT32))
        .isEqualTo("native-stem");
    assertThat(kernel(Conv2D.of(filters, 3), Shape.of(1, 28, 28, 3), DataType.FLOAT32))
        .isEqualTo("direct");
  }

  @Test
  void firstLayersOfHalfAVectorOfFiltersAreOurs() {
    int filters = NativeKernel.lanes(DataType.FLOAT32) / 2;
    Shape grey = Shape.of(1, 64, 128, 1);
    assertThat(kernel(Conv2D.of(filters, 5).strides(2), grey, DataType.FLOAT32))
        .isEqualTo("native-stem");
    assertThat(kernel(Conv2D.of(filters, 5).dilationRate(2), grey, DataType.FLOAT32))
        .isEqualTo(filters <= 4 ? "native-image" : "direct");
    assertThat(
            kernel(
                Conv2D.of(filters, 5).dilationRate(2),
                Shape.of(1, 9, 2 * filters + 8, 4),
                DataType.FLOAT32))
        .isEqualTo("native-stem");
  }

  @Test
  void pointwiseFiltersThatLeaveHalfAVectorEmptyAreOurs() {
    int lanes = NativeKernel.lanes(DataType.FLOAT32);
    assertThat(kernel(Conv2D.of(lanes * 3 / 2, 1), IMAGE, DataType.FLOAT32))
        .isEqualTo("native-pointwise");
    assertThat(kernel(Conv2D.of(lanes * 2, 1), IMAGE, DataType.FLOAT32)).isEqualTo("direct");
    assertThat(kernel(Conv2D.of(lanes * 3 / 2, 1).strides(2), IMAGE, DataType.FLOAT32))
        .isEqualTo("direct");
  }

  @Test
  void pointwiseLayersOfFewChannelsOrPixelsAreOurs() {
    assertThat(kernel(Conv2D.of(96, 1), Shape.of(1, 56, 56, 16), DataType.FLOAT32))
        .isEqualTo("native-pointwise");
    assertThat(kernel(Conv2D.of(1000, 1), Shape.of(1, 1, 1, 1024), DataType.FLOAT32))
        .isEqualTo("native-pointwise");
    assertThat(kernel(Conv2D.of(1000, 1), Shape.of(1, 7, 7, 1024), DataType.FLOAT32))
        .isEqualTo("direct");
  }

  @Test
  void smallPointwiseLayersThatOneDnnCannotShareOutAreOursWithSeveralThreads() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two processors");
    Shape input = Shape.of(1, 7, 7, 960);
    assertThat(kernel(Conv2D.of(320, 1), input, DataType.FLOAT32, threads(2)))
        .isEqualTo("native-pointwise");
    assertThat(kernel(Conv2D.of(320, 1), input, DataType.FLOAT32, threads(1))).isEqualTo("direct");
    assertThat(kernel(Conv2D.of(384, 1), input, DataType.FLOAT32, threads(2))).isEqualTo("direct");
  }

  @Test
  void pointwiseLayersThatNeedAPassForTheirFunctionAreOneDnns() {
    assertThat(
            kernel(
                Conv2D.of(96, 1).activation(Activation.SILU),
                Shape.of(1, 56, 56, 16),
                DataType.FLOAT32))
        .isEqualTo("direct");
  }

  @Test
  void pointwiseGroupsThatFillNoVectorsAreOurs() {
    int filters = NativeKernel.lanes(DataType.FLOAT32) * 5 / 4;
    Conv2D layer = Conv2D.of(3 * filters, 1).groups(3);
    assertThat(kernel(layer, Shape.of(1, 28, 28, 240), DataType.FLOAT32))
        .isEqualTo("native-pointwise");
  }

  @Test
  void generatorsOfImagesAreOurs() {
    assertThat(
            kernel(
                Conv2DTranspose.of(3, 4).strides(2).padding(Padding.SAME),
                Shape.of(1, 32, 32, 64),
                DataType.FLOAT32))
        .isEqualTo("native-winograd");
  }

  @Test
  void upsamplingOfUNetsIsOurs() {
    Conv2DTranspose layer = Conv2DTranspose.of(32, 2).strides(2);
    assertThat(kernel(layer, IMAGE, DataType.FLOAT32)).isEqualTo("native-patch");
    assertThat(kernel(layer.outputPadding(1), IMAGE, DataType.FLOAT32)).isEqualTo("direct");
    assertThat(kernel(Conv2DTranspose.of(32, 3).strides(2), IMAGE, DataType.FLOAT32))
        .isEqualTo("direct");
    assertThat(kernel(layer, Shape.of(1, 5, 5, 512), DataType.FLOAT32)).isEqualTo("direct");
    assertThat(kernel(layer, Shape.of(1, 5, 5, 64), DataType.FLOAT32)).isEqualTo("native-patch");
  }

  @Test
  void float64IsOurs() {
    assertThat(kernel(Conv2D.of(8, 3), IMAGE, DataType.FLOAT64)).isEqualTo("native-dense");
    assertThat(kernel(Conv2DTranspose.of(8, 3), IMAGE, DataType.FLOAT64)).isEqualTo("native-dense");
  }

  private static CompileOptions threads(int count) {
    return CompileOptions.DEFAULT.withThreads(count);
  }

  private static String kernel(SingleInputLayer layer, Shape input, DataType dataType) {
    return kernel(layer, input, dataType, CompileOptions.DEFAULT);
  }

  private static String kernel(
      SingleInputLayer layer, Shape input, DataType dataType, CompileOptions options) {
    List<WeightSpec> specs = layer.weights(input);
    try (Tensor kernel = Tensor.allocate(DataType.FLOAT32, specs.get(0).shape());
        Tensor bias = Tensor.allocate(DataType.FLOAT32, specs.get(1).shape());
        Plan plan =
            Model.of(
                    layer,
                    Weights.of(Map.of(specs.get(0).name(), kernel, specs.get(1).name(), bias)))
                .compile(input, dataType, new OneDnnEngine(), options)) {
      return plan.steps().get(0).kernel();
    }
  }
}
