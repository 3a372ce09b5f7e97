package org.conv4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.conv4j.activation.Activation;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.activation.ELU;
import org.conv4j.layer.activation.LeakyReLU;
import org.conv4j.layer.activation.PReLU;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.layer.activation.Softmax;
import org.conv4j.layer.applications.CustomScaleLayer;
import org.conv4j.layer.applications.LayerScale;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.core.TimeDistributed;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Concatenate;
import org.conv4j.layer.merging.Dot;
import org.conv4j.layer.merging.Subtract;
import org.conv4j.layer.normalization.BatchNormalization;
import org.conv4j.layer.normalization.GroupNormalization;
import org.conv4j.layer.normalization.LayerNormalization;
import org.conv4j.layer.normalization.RMSNormalization;
import org.conv4j.layer.normalization.UnitNormalization;
import org.conv4j.layer.pooling.AveragePooling1D;
import org.conv4j.layer.pooling.GlobalMaxPooling2D;
import org.conv4j.layer.pooling.MaxPooling2D;
import org.conv4j.layer.preprocessing.CenterCrop;
import org.conv4j.layer.preprocessing.Moments;
import org.conv4j.layer.preprocessing.Normalization;
import org.conv4j.layer.preprocessing.Rescaling;
import org.conv4j.layer.preprocessing.Resizing;
import org.conv4j.layer.reshaping.Cropping2D;
import org.conv4j.layer.reshaping.Flatten;
import org.conv4j.layer.reshaping.Permute;
import org.conv4j.layer.reshaping.RepeatVector;
import org.conv4j.layer.reshaping.Reshape;
import org.conv4j.layer.reshaping.UpSampling1D;
import org.conv4j.layer.reshaping.UpSampling2D;
import org.conv4j.layer.reshaping.ZeroPadding2D;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers besides convolutions refuse what Keras refuses, and say what is wrong. */
class OtherLayersArgumentsTest {
  static Stream<Arguments> illegalArguments() {
    return Stream.of(
        illegal("units", "0", () -> Dense.of(0)),
        illegal("max_value", "-1.0", () -> ReLU.of().maxValue(-1)),
        illegal("max_value", "NaN", () -> ReLU.of().maxValue(Double.NaN)),
        illegal("threshold", "-0.5", () -> ReLU.of().threshold(-0.5)),
        illegal("negative_slope", "-0.1", () -> LeakyReLU.of().negativeSlope(-0.1)),
        illegal("alpha", "Infinity", () -> ELU.of().alpha(Double.POSITIVE_INFINITY)),
        illegal("shared_axes", "(0,)", () -> PReLU.of(0)),
        illegal("axes", "(1, 2, 3)", () -> Dot.of(1, 2, 3)),
        illegal("epsilon", "-1.0", () -> BatchNormalization.of().epsilon(-1)),
        illegal("epsilon", "NaN", () -> LayerNormalization.of().epsilon(Double.NaN)),
        illegal("groups", "0", () -> GroupNormalization.of(0)),
        illegal("pool_size", "(0,)", () -> MaxPooling2D.of(0)),
        illegal("pool_size", "(2, 2, 2)", () -> MaxPooling2D.of(2, 2, 2)),
        illegal("strides", "(0,)", () -> AveragePooling1D.of(2).strides(0)),
        illegal("padding", "causal", () -> AveragePooling1D.of(2).padding(Padding.CAUSAL)),
        illegal("target_shape", "(-1, -1)", () -> Reshape.of(-1, -1)),
        illegal("target_shape", "(0,)", () -> Reshape.of(0)),
        illegal("dims", "(1, 3)", () -> Permute.of(1, 3)),
        illegal("n", "0", () -> RepeatVector.of(0)),
        illegal("padding", "(-1,", () -> ZeroPadding2D.of(-1).outputShape(Shape.of(1, 2, 2, 1))),
        illegal("borders", "(1, 2, 3)", () -> ZeroPadding2D.of(1, 2, 3)),
        illegal("size", "(0,)", () -> UpSampling1D.of(0)),
        illegal("scale", "NaN", () -> Rescaling.of(Double.NaN, 0)),
        illegal("mean", "(2,)", () -> withMoments(Normalization.of())),
        illegal("height", "0", () -> Resizing.of(0, 3)),
        illegal("width", "-2", () -> CenterCrop.of(3, -2)),
        illegal("scale", "Infinity", () -> CustomScaleLayer.of(Double.POSITIVE_INFINITY)));
  }

  @ParameterizedTest
  @MethodSource
  void illegalArguments(String argument, String given, ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContainingAll("Layer '", argument, given);
  }

  static Stream<Arguments> inputsThatDoNotFit() {
    Shape image = Shape.of(2, 4, 6, 3);
    return Stream.of(
        refused(Dense.of(2), "at least 2 dimensions", Shape.of(5)),
        refused(Softmax.of(4), "axis", image),
        refused(Softmax.of(0), "axis", image),
        refused(Softmax.of(1, -3), "axis", image),
        refused(PReLU.of(4), "shared_axes", image),
        refused(BatchNormalization.of().axis(-5), "axis", image),
        refused(LayerNormalization.of(0, 1), "axis", image),
        refused(GroupNormalization.of(2), "groups", image),
        refused(UnitNormalization.of(7), "axis", image),
        refused(RMSNormalization.of(1), "axis", image),
        refused(MaxPooling2D.of(5), "pool_size", image),
        refused(MaxPooling2D.of(2), "4 dimensions", Shape.of(2, 4, 3)),
        refused(GlobalMaxPooling2D.of(), "4 dimensions", Shape.of(2, 4, 3)),
        refused(Reshape.of(5, -1), "target_shape", image),
        refused(Reshape.of(71), "target_shape", image),
        refused(Permute.of(2, 1), "3 dimensions", image),
        refused(RepeatVector.of(2), "2 dimensions", image),
        refused(Cropping2D.of(2), "cropping", image),
        refused(ZeroPadding2D.of(1), "4 dimensions", Shape.of(2, 3)),
        refused(UpSampling2D.of(1 << 30), "size", image),
        refused(new Rescaling("r", List.of(1.0, 2.0), List.of(0.0)), "scale", image),
        refused(withMoments(Normalization.of(1)), "mean", image),
        refused(Resizing.of(2, 2), "4 dimensions", Shape.of(4, 6, 3)),
        refused(TimeDistributed.of(Dense.of(2)), "3 dimensions", Shape.of(2, 3)),
        refused(LayerScale.of(4), "projection_dim", image),
        refused(Add.of(), "element by element", image, Shape.of(2, 5, 6, 3)),
        refused(Add.of(), "element by element", image, Shape.of(1, 4, 6, 3)),
        refused(Add.of(), "at least one input"),
        refused(Subtract.of(), "two inputs", image),
        refused(CustomScaleLayer.of(1), "two inputs", image),
        refused(Concatenate.of(), "concatenate", image, Shape.of(2, 4, 5, 3)),
        refused(Concatenate.of().axis(4), "axis", image),
        refused(Concatenate.of(), "at least one input"),
        refused(Dot.of(-1), "multiply", Shape.of(2, 3), Shape.of(2, 4)),
        refused(Dot.of(0), "axes", Shape.of(2, 3), Shape.of(2, 3)),
        refused(Flatten.of(), "one input", image, image));
  }

  @ParameterizedTest
  @MethodSource
  void inputsThatDoNotFit(Layer layer, String part, List<Shape> inputs) {
    assertThatThrownBy(() -> layer.outputShape(inputs))
        .isInstanceOfAny(InvalidLayerException.class, ShapeMismatchException.class)
        .hasMessageContainingAll("'" + layer.name() + "'", part);
    assertThatThrownBy(() -> layer.weights(inputs))
        .isInstanceOfAny(InvalidLayerException.class, ShapeMismatchException.class);
  }

  @Test
  void layersHaveTheNamesOfTheirClassesInKeras() {
    assertThat(MaxPooling2D.of(2).className()).isEqualTo("MaxPooling2D");
    assertThat(ReLU.of().className()).isEqualTo("ReLU");
    assertThat(new Identity("drop", "Dropout").className()).isEqualTo("Dropout");
  }

  @Test
  void withersChangeOneArgument() {
    Dense dense = Dense.of(3).name("head").activation(Activation.RELU).useBias(false);
    assertThat(dense).isEqualTo(new Dense("head", 3, Activation.RELU, false));
    assertThat(MaxPooling2D.of(3).strides(2).name("pool").options().strides().all(2)).isTrue();
  }

  private static Normalization withMoments(Normalization normalization) {
    return normalization.moments(Moments.of(List.of(1.0, 2.0), List.of(1.0, 2.0)));
  }

  private static Arguments illegal(String argument, String given, ThrowingCallable attempt) {
    return arguments(argument, given, attempt);
  }

  private static Arguments refused(Layer layer, String part, Shape... inputs) {
    return arguments(layer, part, List.of(inputs));
  }
}
