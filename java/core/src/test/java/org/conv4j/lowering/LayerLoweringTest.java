package org.conv4j.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.model.Model;
import org.conv4j.model.SequentialBuilder;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.op.Permute;
import org.conv4j.op.Softmax;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

class LayerLoweringTest {
  private static Program lower(Shape input, SingleInputLayer... layers) {
    SequentialBuilder model = Model.sequential();
    Shape shape = input;
    for (SingleInputLayer layer : layers) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (WeightSpec spec : layer.weights(shape)) {
        tensors.put(spec.name(), Tensor.allocate(DataType.FLOAT32, spec.shape()));
      }
      model.add(layer, Weights.of(tensors));
      shape = layer.outputShape(shape);
    }
    Program program = model.build().lower(input);
    assertThat(program.outputShapes()).containsExactly(shape);
    return program;
  }

  private static List<Op> ops(Program program) {
    return program.steps().stream().map(Step::op).toList();
  }

  @Test
  void causalPaddingBecomesZerosBeforeTheFirstStep() {
    Program program =
        lower(Shape.of(1, 9, 2), Conv1D.of(4, 3).dilationRate(2).padding(Padding.CAUSAL));
    Convolution op = (Convolution) ops(program).get(0);
    assertThat(op.window().padBegin()).isEqualTo(IntTuple.of(4));
    assertThat(op.window().padEnd()).isEqualTo(IntTuple.of(0));
    assertThat(op.output()).isEqualTo(Shape.of(1, 9, 4));
  }

  @Test
  void anElementwiseActivationIsFusedAndASoftmaxIsAnOpOfItsOwn() {
    Shape image = Shape.of(1, 5, 5, 3);
    List<Op> fused = ops(lower(image, Conv2D.of(4, 3).activation(Activation.RELU)));
    assertThat(fused).hasSize(1);
    assertThat(((Convolution) fused.get(0)).activation()).isEqualTo(Activation.RELU);
    List<Op> split = ops(lower(image, Conv2D.of(4, 3).activation(Activation.SOFTMAX)));
    assertThat(split).hasSize(2);
    assertThat(((Convolution) split.get(0)).activation()).isEqualTo(Activation.LINEAR);
    assertThat(((Softmax) split.get(1)).axis()).isEqualTo(3);
  }

  @Test
  void aSeparableLayerIsADepthwiseStepThenAPointwiseOne() {
    SeparableConv2D layer =
        SeparableConv2D.of(5, 3)
            .depthMultiplier(2)
            .strides(2)
            .padding(Padding.SAME)
            .activation(Activation.RELU);
    List<Op> ops = ops(lower(Shape.of(1, 8, 8, 3), layer));
    assertThat(ops).hasSize(2);
    Convolution depthwise = (Convolution) ops.get(0);
    assertThat(depthwise.isDepthwise()).isTrue();
    assertThat(depthwise.groups()).isEqualTo(3);
    assertThat(depthwise.output()).isEqualTo(Shape.of(1, 4, 4, 6));
    assertThat(depthwise.bias()).isFalse();
    assertThat(depthwise.activation()).isEqualTo(Activation.LINEAR);
    Convolution pointwise = (Convolution) ops.get(1);
    assertThat(pointwise.groups()).isEqualTo(1);
    assertThat(pointwise.window().strides()).isEqualTo(IntTuple.of(1, 1));
    assertThat(pointwise.window().taps()).isEqualTo(1);
    assertThat(pointwise.bias()).isTrue();
    assertThat(pointwise.activation()).isEqualTo(Activation.RELU);
  }

  @Test
  void aDepthwiseLayerIsAGroupedConvolutionWithAGroupForEachChannel() {
    Convolution op =
        (Convolution)
            ops(lower(Shape.of(1, 8, 8, 3), DepthwiseConv2D.of(3).depthMultiplier(2))).get(0);
    assertThat(op.groups()).isEqualTo(3);
    assertThat(op.filtersPerGroup()).isEqualTo(2);
    assertThat(op.channelsPerGroup()).isEqualTo(1);
  }

  @Test
  void channelsFirstLayersPermuteAtTheBordersOnly() {
    DataFormat first = DataFormat.CHANNELS_FIRST;
    Program program =
        lower(
            Shape.of(1, 3, 8, 9),
            Conv2D.of(4, 3).name("a").dataFormat(first),
            SeparableConv2D.of(5, 3).name("b").dataFormat(first),
            Conv2D.of(2, 1).name("c").dataFormat(first).activation(Activation.SOFTMAX));
    assertThat(ops(program))
        .extracting(op -> op.getClass().getSimpleName())
        .containsExactly(
            "Permute",
            "Convolution",
            "Convolution",
            "Convolution",
            "Convolution",
            "Softmax",
            "Permute");
    assertThat(((Permute) ops(program).get(0)).output()).isEqualTo(Shape.of(1, 8, 9, 3));
    assertThat(((Permute) ops(program).get(6)).output()).isEqualTo(Shape.of(1, 2, 4, 5));
  }

  @Test
  void theSoftmaxAxisCountsInTheFormatThatTheUserSees() {
    Conv2D layer = Conv2D.of(4, 3).dataFormat(DataFormat.CHANNELS_FIRST);
    Shape input = Shape.of(1, 3, 8, 9);
    Softmax last = (Softmax) ops(lower(input, layer.activation(Activation.SOFTMAX))).get(2);
    assertThat(last.input()).isEqualTo(Shape.of(1, 6, 7, 4));
    assertThat(last.axis()).as("the width").isEqualTo(2);
    Activation overChannels = new org.conv4j.activation.Softmax(1, false);
    assertThat(((Softmax) ops(lower(input, layer.activation(overChannels))).get(2)).axis())
        .isEqualTo(3);
  }

  @Test
  void aSoftmaxAxisOutsideTheOutputIsRefused() {
    for (int axis : new int[] {4, -5}) {
      Activation outside = new org.conv4j.activation.Softmax(axis, false);
      assertThatThrownBy(() -> lower(Shape.of(1, 5, 5, 1), Conv2D.of(1, 3).activation(outside)))
          .isInstanceOf(InvalidLayerException.class)
          .hasMessageContaining("from -4 to 3")
          .hasMessageContaining("given " + axis);
    }
  }

  @Test
  void aTransposedLayerCutsTheFullOutput() {
    Deconvolution op =
        (Deconvolution)
            ops(lower(
                    Shape.of(1, 4, 4, 2),
                    Conv2DTranspose.of(3, 3).strides(2).padding(Padding.SAME)))
                .get(0);
    assertThat(op.output()).isEqualTo(Shape.of(1, 8, 8, 3));
    assertThat(op.window().padBegin()).isEqualTo(IntTuple.of(0, 0));
    assertThat(op.window().padEnd()).isEqualTo(IntTuple.of(1, 1));
  }
}
