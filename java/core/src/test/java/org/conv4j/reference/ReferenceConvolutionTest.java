package org.conv4j.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.conv4j.engine.CompileOptions;
import org.conv4j.layer.Layer;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv1DTranspose;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.Conv3D;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

class ReferenceConvolutionTest {
  private static final Shape IMAGE = Shape.of(1, 3, 3, 1);
  private static final double[] ONE_TO_NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  private static double[] run(Layer layer, Weights weights, Shape shape, double... values) {
    try (Plan plan =
            Model.of(layer, weights)
                .compile(shape, DataType.FLOAT64, new ReferenceEngine(), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor input = Tensor.of(shape, values);
        Tensor output = Tensor.allocate(DataType.FLOAT64, plan.outputShape())) {
      session.run(input, output);
      return output.toDoubleArray();
    }
  }

  private static Weights kernel(Shape shape, double... values) {
    return Weights.of(Tensor.of(shape, values));
  }

  /** The numbers 1, 2, 3, ... up to 5 and again, so that no two neighbours are equal. */
  private static double[] count(int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = i % 5 + 1;
    }
    return values;
  }

  @Test
  void singleChannelSingleKernel() {
    Weights weights = kernel(Shape.of(2, 2, 1, 1), 1, 2, 3, 4);
    assertThat(run(Conv2D.of(1, 2).useBias(false), weights, IMAGE, ONE_TO_NINE))
        .containsExactly(37, 47, 67, 77);
  }

  @Test
  void singleChannelMultiKernel() {
    Weights weights = kernel(Shape.of(2, 2, 1, 2), 1, 1, 2, 0, 3, 0, 4, -1);
    assertThat(run(Conv2D.of(2, 2).useBias(false), weights, IMAGE, ONE_TO_NINE))
        .containsExactly(37, -4, 47, -4, 67, -4, 77, -4);
  }

  @Test
  void multiChannelSingleKernel() {
    Weights weights = kernel(Shape.of(2, 2, 1), 1, 10, 2, 20);
    assertThat(run(Conv1D.of(1, 2).useBias(false), weights, Shape.of(1, 3, 2), 1, 2, 3, 4, 5, 6))
        .containsExactly(1 + 20 + 6 + 80, 3 + 40 + 10 + 120);
  }

  @Test
  void multiChannelMultiKernelWithBias() {
    Weights weights =
        Weights.of(
            Tensor.of(Shape.of(1, 2, 2), new double[] {1, 2, 3, 4}),
            Tensor.of(Shape.of(2), new double[] {100, 200}));
    assertThat(run(Conv1D.of(2, 1), weights, Shape.of(1, 2, 2), 1, 2, 3, 4))
        .containsExactly(107, 210, 115, 222);
  }

  @Test
  void anEvenSamePaddedKernelSeesItsOddZeroAtTheEnd() {
    Weights weights = kernel(Shape.of(2, 1, 1), 1, 10);
    Conv1D layer = Conv1D.of(1, 2).useBias(false).padding(Padding.SAME);
    assertThat(run(layer, weights, Shape.of(1, 3, 1), 1, 2, 3)).containsExactly(21, 32, 3);
  }

  @Test
  void theCausalResponseToAnImpulseIsTheReversedKernelFromThatStepOn() {
    Weights weights = kernel(Shape.of(3, 1, 1), 1, 2, 3);
    Conv1D layer = Conv1D.of(1, 3).useBias(false).padding(Padding.CAUSAL);
    assertThat(run(layer, weights, Shape.of(1, 6, 1), 0, 0, 1, 0, 0, 0))
        .containsExactly(0, 0, 3, 2, 1, 0);
    assertThat(run(layer.dilationRate(2), weights, Shape.of(1, 6, 1), 1, 0, 0, 0, 0, 0))
        .containsExactly(3, 0, 2, 0, 1, 0);
  }

  @Test
  void aTransposedConvolutionOfADeltaIsTheKernel() {
    Weights weights = kernel(Shape.of(2, 2, 1, 1), 1, 2, 3, 4);
    Conv2DTranspose layer = Conv2DTranspose.of(1, 2).useBias(false);
    assertThat(run(layer, weights, Shape.of(1, 1, 1, 1), 1)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aStridedTransposedConvolutionSpreadsItsInputs() {
    Weights weights = kernel(Shape.of(3, 1, 1), 1, 2, 3);
    Conv1DTranspose layer = Conv1DTranspose.of(1, 3).useBias(false).strides(2);
    assertThat(run(layer, weights, Shape.of(1, 2, 1), 1, 10)).containsExactly(1, 2, 13, 20, 30);
    assertThat(run(layer.padding(Padding.SAME), weights, Shape.of(1, 2, 1), 1, 10))
        .containsExactly(1, 2, 13, 20);
    assertThat(run(layer.outputPadding(1), weights, Shape.of(1, 2, 1), 1, 10))
        .containsExactly(1, 2, 13, 20, 30, 0);
  }

  @Test
  void aGroupedConvolutionIsTheConcatenationOfSeparateOnes() {
    double[] input = count(10);
    double[] grouped =
        run(
            Conv1D.of(2, 2).groups(2).useBias(false),
            kernel(Shape.of(2, 1, 2), 1, 2, 3, 4),
            Shape.of(1, 5, 2),
            input);
    for (int g = 0; g < 2; g++) {
      double[] channel = new double[5];
      for (int i = 0; i < 5; i++) {
        channel[i] = input[2 * i + g];
      }
      double[] alone =
          run(
              Conv1D.of(1, 2).useBias(false),
              kernel(Shape.of(2, 1, 1), 1 + g, 3 + g),
              Shape.of(1, 5, 1),
              channel);
      for (int i = 0; i < 4; i++) {
        assertThat(grouped[2 * i + g]).isEqualTo(alone[i]);
      }
    }
  }

  @Test
  void aDepthwiseConvolutionIsAGroupedOneWithAGroupForEachChannel() {
    Shape shape = Shape.of(1, 4, 4, 3);
    double[] weights = count(24);
    double[] depthwise =
        run(
            DepthwiseConv2D.of(2).depthMultiplier(2).useBias(false),
            kernel(Shape.of(2, 2, 3, 2), weights),
            shape,
            count(48));
    double[] grouped =
        run(
            Conv2D.of(6, 2).groups(3).useBias(false),
            kernel(Shape.of(2, 2, 1, 6), weights),
            shape,
            count(48));
    assertThat(depthwise).isEqualTo(grouped).hasSize(54);
  }

  @Test
  void aSeparableConvolutionIsDepthwiseThenPointwise() {
    Tensor depthwise = Tensor.of(Shape.of(2, 2, 2, 2), count(16));
    Tensor pointwise = Tensor.of(Shape.of(1, 1, 4, 3), count(12));
    Shape shape = Shape.of(1, 5, 5, 2);
    double[] separable =
        run(
            SeparableConv2D.of(3, 2).depthMultiplier(2).strides(2).useBias(false),
            Weights.of(Map.of("depthwise_kernel", depthwise, "pointwise_kernel", pointwise)),
            shape,
            count(50));
    double[] between =
        run(
            DepthwiseConv2D.of(2).depthMultiplier(2).strides(2).useBias(false),
            Weights.of(depthwise),
            shape,
            count(50));
    assertThat(separable)
        .isEqualTo(
            run(
                Conv2D.of(3, 1).useBias(false),
                Weights.of(pointwise),
                Shape.of(1, 2, 2, 4),
                between));
  }

  @Test
  void threeDimensionsAreSummedTogether() {
    Weights weights = kernel(Shape.of(2, 2, 2, 1, 1), 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(
            run(
                Conv3D.of(1, 2).useBias(false),
                weights,
                Shape.of(1, 2, 2, 2, 1),
                new double[] {1, 1, 1, 1, 2, 2, 2, 10}))
        .containsExactly(10 + 36 + 80);
  }
}
