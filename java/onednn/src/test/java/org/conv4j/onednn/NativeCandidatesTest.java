package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.DepthwiseConv1D;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.machine.Machine;
import org.conv4j.model.Model;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.onednn.choice.Kernels;
import org.conv4j.onednn.kernel.NativeImageConvolution;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which way to run a convolution costs the least, on machines whose vectors hold 4, 8 and 16
 * floats, whichever processor runs the test.
 */
class NativeCandidatesTest {
  private static final Shape IMAGE = Shape.of(1, 56, 56, 64);

  private static final String DIRECT = "DirectConvolution";
  private static final String DEPTHWISE = "NativeDepthwiseConvolution";
  private static final String FILTERED = "NativeImageConvolution";
  private static final String STEM = "NativeStemConvolution";
  private static final String POINTWISE = "NativePointwiseConvolution";
  private static final String DENSE = "NativeDenseConvolution";

  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void depthwiseWithAMultiplierIsOurs(int lanes) {
    assertThat(cheapest(DepthwiseConv2D.of(3).depthMultiplier(2), IMAGE, lanes))
        .isEqualTo(DEPTHWISE);
    assertThat(cheapest(DepthwiseConv1D.of(3).depthMultiplier(2), Shape.of(1, 500, 64), lanes))
        .isEqualTo(DEPTHWISE);
    assertThat(
            cheapest(
                DepthwiseConv1D.of(3).depthMultiplier(2).dilationRate(4).padding(Padding.CAUSAL),
                Shape.of(1, 500, 64),
                lanes))
        .isEqualTo(DEPTHWISE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void depthwiseOfFewChannelsWithAMultiplierIsOursWhereOneDnnIsSlow(int lanes) {
    DepthwiseConv2D layer = DepthwiseConv2D.of(3).depthMultiplier(2);
    assertThat(cheapest(layer, Shape.of(1, 56, 56, 8), lanes)).isEqualTo(DEPTHWISE);
    assertThat(cheapest(layer, Shape.of(1, 56, 56, 4), lanes))
        .isEqualTo(lanes == 16 ? DIRECT : DEPTHWISE);
    assertThat(cheapest(layer, Shape.of(1, 56, 56, 2), lanes)).isEqualTo(DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void depthwiseOfThreeFiveOrSevenTapsInARowIsOurs(int lanes) {
    Shape sequence = Shape.of(1, 500, 64);
    for (int taps : new int[] {3, 5, 7}) {
      assertThat(cheapest(DepthwiseConv2D.of(taps), IMAGE, lanes)).isEqualTo(DEPTHWISE);
      assertThat(cheapest(DepthwiseConv2D.of(taps).strides(2), IMAGE, lanes)).isEqualTo(DEPTHWISE);
      assertThat(cheapest(DepthwiseConv1D.of(taps), sequence, lanes)).isEqualTo(DEPTHWISE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void depthwiseThatWaitsForMemoryIsOneDnnsWithLongVectors(int lanes) {
    DepthwiseConv2D layer = DepthwiseConv2D.of(3).strides(2);
    Shape large = Shape.of(1, 112, 112, 96);
    assertThat(cheapest(layer, large, lanes)).isEqualTo(lanes == 16 ? DIRECT : DEPTHWISE);
    assertThat(cheapest(layer.activation(Activation.SILU), large, lanes)).isEqualTo(DEPTHWISE);
    assertThat(cheapest(DepthwiseConv2D.of(5), large, lanes)).isEqualTo(DEPTHWISE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void otherDepthwiseWithoutAMultiplierIsOneDnns(int lanes) {
    assertThat(cheapest(DepthwiseConv2D.of(9), IMAGE, lanes)).isEqualTo(DIRECT);
    assertThat(cheapest(DepthwiseConv2D.of(3).strides(3), IMAGE, lanes)).isEqualTo(DIRECT);
    assertThat(cheapest(DepthwiseConv2D.of(3), Shape.of(1, 56, 56, lanes - 1), lanes))
        .isEqualTo(DIRECT);
    Shape sequence = Shape.of(1, 500, 64);
    assertThat(cheapest(DepthwiseConv1D.of(9), sequence, lanes))
        .isEqualTo("DepthwiseRowConvolution");
    DepthwiseConv1D dilated = DepthwiseConv1D.of(3).padding(Padding.CAUSAL).dilationRate(4);
    assertThat(cheapest(dilated, sequence, lanes)).isEqualTo("DilatedDepthwiseConvolution");
    assertThat(cheapest(dilated, Shape.of(1, 501, 64), lanes)).isEqualTo(DEPTHWISE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void groupsOfFourAreOurs(int lanes) {
    assertThat(cheapest(Conv2D.of(64, 3).groups(16), IMAGE, lanes))
        .isEqualTo("NativeGroupedConvolution");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void groupsOfEightAreOursWhereTheyFillVectors(int lanes) {
    assertThat(cheapest(Conv2D.of(64, 3).groups(8), IMAGE, lanes))
        .isEqualTo(lanes >= 8 ? "NativeWinogradConvolution" : DIRECT);
    assertThat(cheapest(Conv2D.of(64, 3).groups(8).strides(2), IMAGE, lanes)).isEqualTo(DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void filtersOverImagesOfFewChannelsAreOurs(int lanes) {
    assertThat(cheapest(Conv2D.of(3, 3), Shape.of(1, 64, 64, 3), lanes)).isEqualTo(FILTERED);
    assertThat(cheapest(Conv1D.of(1, 9), Shape.of(1, 1000, 1), lanes)).isEqualTo(FILTERED);
    assertThat(cheapest(Conv2D.of(2, 3), Shape.of(1, 9, lanes, 3), lanes)).isNotEqualTo(FILTERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void firstLayersOfOneChannelOrFewFiltersAreOurs(int lanes) {
    int filters = Math.max(lanes, 2 * NativeImageConvolution.MOST_CHANNELS);
    Shape colour = Shape.of(1, 28, 28, 3);
    assertThat(cheapest(Conv2D.of(filters, 3), Shape.of(1, 28, 28, 1), lanes)).isEqualTo(STEM);
    assertThat(cheapest(Conv2D.of(filters, 3).strides(2), colour, lanes)).isEqualTo(STEM);
    assertThat(cheapest(Conv2D.of(filters + lanes / 2, 3), colour, lanes)).isEqualTo(STEM);
    assertThat(cheapest(Conv2D.of(filters, 3), colour, lanes))
        .isEqualTo(lanes == 4 ? STEM : DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void firstLayersOfManyFiltersAreOursWhereOneDnnIsSlow(int lanes) {
    Shape colour = Shape.of(1, 224, 224, 3);
    assertThat(cheapest(Conv2D.of(64, 7).strides(2), colour, lanes))
        .isEqualTo(lanes == 16 ? DIRECT : STEM);
    assertThat(cheapest(Conv2D.of(4 * lanes, 3), colour, lanes))
        .isEqualTo(lanes == 4 ? STEM : DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void firstLayersOfHalfAVectorOfFiltersAreOurs(int lanes) {
    int filters = lanes / 2;
    Shape grey = Shape.of(1, 64, 128, 1);
    assertThat(cheapest(Conv2D.of(filters, 5).strides(2), grey, lanes)).isEqualTo(STEM);
    Conv2D dilated = Conv2D.of(filters, 5).dilationRate(2);
    assertThat(cheapest(dilated, grey, lanes)).isEqualTo(filters <= 4 ? FILTERED : DIRECT);
    assertThat(cheapest(dilated, Shape.of(1, 9, 2 * filters + 8, 4), lanes)).isEqualTo(STEM);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void pointwiseFiltersThatLeaveHalfAVectorEmptyAreOurs(int lanes) {
    assertThat(cheapest(Conv2D.of(lanes * 3 / 2, 1), IMAGE, lanes)).isEqualTo(POINTWISE);
    assertThat(cheapest(Conv2D.of(lanes * 2, 1), IMAGE, lanes)).isEqualTo(DIRECT);
    assertThat(cheapest(Conv2D.of(lanes * 3 / 2, 1).strides(2), IMAGE, lanes)).isEqualTo(DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void pointwiseLayersOfFewChannelsOrPixelsAreOurs(int lanes) {
    Conv2D layer = Conv2D.of(96, 1);
    Shape input = Shape.of(1, 56, 56, 16);
    assertThat(cheapest(layer, input, lanes)).isEqualTo(POINTWISE);
    assertThat(cheapest(layer.activation(Activation.GELU), input, lanes)).isEqualTo(DIRECT);
    Conv2D classes = Conv2D.of(1000, 1);
    assertThat(cheapest(classes, Shape.of(1, 1, 1, 1024), lanes)).isEqualTo(POINTWISE);
    assertThat(cheapest(classes, Shape.of(1, 7, 7, 1024), lanes)).isEqualTo(DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void pointwiseLayersWithFunctionsAreOursWhileTheirWeightsStayInTheCache(int lanes) {
    Conv2D layer = Conv2D.of(672, 1).activation(Activation.SILU);
    assertThat(cheapest(layer, Shape.of(1, 14, 14, 112), lanes)).isEqualTo(POINTWISE);
    assertThat(cheapest(layer, Shape.of(1, 14, 14, 672), lanes)).isEqualTo(DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void smallPointwiseLayersThatOneDnnCannotShareOutAreOursWithSeveralThreads(int lanes) {
    Shape input = Shape.of(1, 7, 7, 960);
    Op shared = op(Conv2D.of(320, 1), input);
    assertThat(cheapest(shared, DataType.FLOAT32, machine(lanes), 2)).isEqualTo(POINTWISE);
    assertThat(cheapest(shared, DataType.FLOAT32, machine(lanes), 1)).isEqualTo(DIRECT);
    Machine smallCache = machine(lanes).withSecondLevelCache(256 << 10);
    assertThat(cheapest(shared, DataType.FLOAT32, smallCache, 2)).isEqualTo(DIRECT);
    Op even = op(Conv2D.of(384, 1), input);
    assertThat(cheapest(even, DataType.FLOAT32, machine(lanes), 2)).isEqualTo(DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void pointwiseGroupsThatFillNoVectorsAreOurs(int lanes) {
    Conv2D layer = Conv2D.of(3 * (lanes * 5 / 4), 1).groups(3);
    assertThat(cheapest(layer, Shape.of(1, 28, 28, 240), lanes)).isEqualTo(POINTWISE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void kernelsOfSeveralTapsAreOneDnnsWhereItHasVectorsForThem(int lanes) {
    Op op = op(Conv2D.of(64, 3).strides(2), IMAGE);
    assertThat(cheapest(op, DataType.FLOAT32, machine(lanes), 1))
        .isEqualTo(lanes == 4 ? DENSE : DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void generatorsOfImagesAreOurs(int lanes) {
    assertThat(
            cheapest(
                Conv2DTranspose.of(3, 4).strides(2).padding(Padding.SAME),
                Shape.of(1, 32, 32, 64),
                lanes))
        .isEqualTo("NativeWinogradDeconvolution");
  }

  private static final String DENSE_TRANSPOSED = "NativeDenseDeconvolution";

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void upsamplingOfUNetsIsOurs(int lanes) {
    String patch = "NativePatchDeconvolution";
    String direct = "DirectDeconvolution";
    Conv2DTranspose layer = Conv2DTranspose.of(32, 2).strides(2);
    assertThat(cheapest(layer, IMAGE, lanes)).isEqualTo(patch);
    // With some instruction sets oneDNN's kernel for it is one that KnownIssues avoids.
    assertThat(cheapest(layer.outputPadding(1), IMAGE, lanes)).isIn(direct, DENSE_TRANSPOSED);
    assertThat(cheapest(layer, Shape.of(1, 5, 5, 512), lanes)).isEqualTo(direct);
    assertThat(cheapest(layer, Shape.of(1, 5, 5, 64), lanes)).isEqualTo(patch);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void float64IsOurs(int lanes) {
    Machine machine = machine(lanes);
    assertThat(cheapest(op(Conv2D.of(8, 3), IMAGE), DataType.FLOAT64, machine, 1)).isEqualTo(DENSE);
    assertThat(cheapest(op(Conv2DTranspose.of(8, 3), IMAGE), DataType.FLOAT64, machine, 1))
        .isEqualTo("NativeDenseDeconvolution");
    Op few = op(DepthwiseConv2D.of(3), Shape.of(1, 56, 56, 3));
    assertThat(cheapest(few, DataType.FLOAT64, machine, 1)).isEqualTo(DEPTHWISE);
    Op single = op(DepthwiseConv2D.of(3), Shape.of(1, 56, 56, 1));
    assertThat(cheapest(single, DataType.FLOAT64, machine, 1)).isEqualTo(FILTERED);
  }

  @Test
  void theCheapestIsTheFirstByCost() {
    Convolution op = (Convolution) op(Conv2D.of(64, 3), IMAGE);
    Kernels<Convolution> kernels = ConvolutionKernels.of(DataType.FLOAT32);
    for (boolean exact : new boolean[] {false, true}) {
      List<KernelCandidate<Convolution>> byCost = kernels.byCost(op, exact, Machine.ZEN4, 1);
      assertThat(kernels.cheapest(op, exact, Machine.ZEN4, 1)).contains(byCost.get(0));
      assertThat(byCost)
          .isSortedAccordingTo(
              (a, b) ->
                  Double.compare(
                      a.cost(op, Machine.ZEN4, 1).getAsDouble(),
                      b.cost(op, Machine.ZEN4, 1).getAsDouble()));
      assertThat(byCost).noneMatch(kernel -> exact && !kernel.isExact());
    }
  }

  private static Machine machine(int lanes) {
    return Machine.ZEN4.withVectorBytes(lanes * Float.BYTES);
  }

  /** The way for one thread in float32. */
  private static String cheapest(SingleInputLayer layer, Shape input, int lanes) {
    return cheapest(op(layer, input), DataType.FLOAT32, machine(lanes), 1);
  }

  private static String cheapest(Op op, DataType dataType, Machine machine, int threads) {
    if (op instanceof Deconvolution deconvolution) {
      return ConvolutionKernels.of(deconvolution, dataType)
          .cheapest(deconvolution, false, machine, threads)
          .orElseThrow()
          .name();
    }
    return ConvolutionKernels.of(dataType)
        .cheapest((Convolution) op, false, machine, threads)
        .orElseThrow()
        .name();
  }

  private static Op op(SingleInputLayer layer, Shape input) {
    List<WeightSpec> specs = layer.weights(input);
    try (Tensor kernel = Tensor.allocate(DataType.FLOAT32, specs.get(0).shape());
        Tensor bias = Tensor.allocate(DataType.FLOAT32, specs.get(1).shape())) {
      Weights weights = Weights.of(Map.of(specs.get(0).name(), kernel, specs.get(1).name(), bias));
      return Model.of(layer, weights).lower(input).steps().get(0).op();
    }
  }
}
