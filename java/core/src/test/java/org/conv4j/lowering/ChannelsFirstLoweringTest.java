package org.conv4j.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Concatenate;
import org.conv4j.layer.merging.Multiply;
import org.conv4j.layer.normalization.BatchNormalization;
import org.conv4j.layer.normalization.GroupNormalization;
import org.conv4j.layer.pooling.GlobalAveragePooling2D;
import org.conv4j.layer.pooling.MaxPooling2D;
import org.conv4j.layer.reshaping.Cropping2D;
import org.conv4j.layer.reshaping.Flatten;
import org.conv4j.layer.reshaping.Permute;
import org.conv4j.layer.reshaping.Reshape;
import org.conv4j.layer.reshaping.UpSampling2D;
import org.conv4j.layer.reshaping.ZeroPadding2D;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.op.Op;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

/** A channels-first network is copied at its border, not between its layers. */
class ChannelsFirstLoweringTest {
  private static final DataFormat FIRST = DataFormat.CHANNELS_FIRST;

  private final FunctionalBuilder builder = Model.functional();
  private final SymbolicTensor image = builder.input("image", 1, 4, 8, 6);

  private SymbolicTensor apply(SingleInputLayer layer, Shape shape, SymbolicTensor input) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (WeightSpec spec : layer.weights(shape)) {
      weights.put(spec.name(), Tensor.allocate(DataType.FLOAT32, spec.shape()));
    }
    return builder.apply(layer, Weights.of(weights), input);
  }

  private List<Op> ops(SymbolicTensor output) {
    return builder.build(output).lower(Shape.of(1, 4, 8, 6)).steps().stream()
        .map(Step::op)
        .toList();
  }

  private static long copies(List<Op> ops) {
    return ops.stream().filter(org.conv4j.op.Permute.class::isInstance).count();
  }

  @Test
  void onlyTheInputIsCopied() {
    Shape shape = Shape.of(1, 4, 8, 6);
    SymbolicTensor x = apply(ZeroPadding2D.of(1).dataFormat(FIRST), shape, image);
    x = apply(Conv2D.of(4, 3).dataFormat(FIRST), Shape.of(1, 4, 10, 8), x);
    x = apply(BatchNormalization.of().axis(1), shape, x);
    x = apply(ReLU.of(), shape, x);
    x = apply(GroupNormalization.of(2).axis(1), shape, x);
    SymbolicTensor pooled =
        apply(GlobalAveragePooling2D.of().dataFormat(FIRST).keepdims(true), shape, x);
    SymbolicTensor gate = apply(Reshape.of(4, 1, 1), Shape.of(1, 4, 1, 1), pooled);
    SymbolicTensor scaled = builder.apply(Multiply.of(), Weights.none(), x, gate);
    SymbolicTensor sum = builder.apply(Add.of(), Weights.none(), scaled, x);
    SymbolicTensor both = builder.apply(Concatenate.of().axis(1), Weights.none(), sum, x);
    SymbolicTensor half = apply(MaxPooling2D.of(2).dataFormat(FIRST), Shape.of(1, 8, 8, 6), both);
    SymbolicTensor large = apply(UpSampling2D.of(2).dataFormat(FIRST), Shape.of(1, 8, 4, 3), half);
    SymbolicTensor cut = apply(Cropping2D.of(1).dataFormat(FIRST), Shape.of(1, 8, 8, 6), large);
    SymbolicTensor flat = apply(Flatten.of().dataFormat(FIRST), Shape.of(1, 8, 6, 4), cut);
    SymbolicTensor head = apply(Dense.of(3).activation(Activation.RELU), Shape.of(1, 192), flat);
    List<Op> ops = ops(head);
    assertThat(copies(ops)).isEqualTo(1);
    assertThat(ops.get(0)).isInstanceOf(org.conv4j.op.Permute.class);
  }

  @Test
  void aPermuteLayerThatUndoesTheViewIsFree() {
    Shape last = Shape.of(1, 8, 6, 4);
    SymbolicTensor x = apply(Permute.of(2, 3, 1).name("last"), Shape.of(1, 4, 8, 6), image);
    x = apply(MaxPooling2D.of(2), last, x);
    x = apply(Permute.of(3, 1, 2).name("first"), Shape.of(1, 4, 3, 4), x);
    x = apply(Conv2D.of(4, 1).dataFormat(FIRST), Shape.of(1, 4, 4, 3), x);
    x = apply(Permute.of(2, 3, 1).name("again"), Shape.of(1, 4, 4, 3), x);
    assertThat(copies(ops(x))).isEqualTo(1);
  }

  @Test
  void aLayerThatNeedsTheOrderOfKerasGetsIt() {
    SymbolicTensor x = apply(Conv2D.of(4, 1).dataFormat(FIRST), Shape.of(1, 4, 8, 6), image);
    x = apply(Flatten.of(), Shape.of(1, 4, 8, 6), x);
    assertThat(copies(ops(x))).isEqualTo(2);
  }
}
