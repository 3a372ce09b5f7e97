package org.conv4j.layer.normalization;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.AxisNormalization;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Normalization;
import org.conv4j.op.Reduction;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's LayerNormalization: every example normalized along some axes, then scaled and shifted.
 *
 * <p>Weights, each of the input's extents along the axes: {@code gamma} and {@code beta}, if it has
 * them.
 *
 * @param name the layer's name
 * @param axes the axes; negative values count from the end
 * @param epsilon what is added to the variance
 * @param center whether there is a beta
 * @param scale whether there is a gamma
 * @param rmsScaling whether the mean stays and there is a gamma but no beta; Keras divides by the
 *     standard deviation then, whatever the name says
 */
public record LayerNormalization(
    String name, IntTuple axes, double epsilon, boolean center, boolean scale, boolean rmsScaling)
    implements SingleInputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   * @param epsilon see {@link #epsilon}
   * @param center see {@link #center}
   * @param scale see {@link #scale}
   * @param rmsScaling see {@link #rmsScaling}
   */
  public LayerNormalization {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(axes, "axes");
    Arguments.notNegative(name, "epsilon", epsilon);
    center = center && !rmsScaling;
    scale = scale || rmsScaling;
  }

  /**
   * Returns a layer with Keras's defaults: an epsilon of 1e-3, gamma and beta.
   *
   * @param axes the axes; none for Keras's default, the last one
   * @return the layer
   */
  public static LayerNormalization of(int... axes) {
    IntTuple tuple = axes.length == 0 ? IntTuple.of(-1) : IntTuple.of(axes);
    return new LayerNormalization("layer_normalization", tuple, 1e-3, true, true, false);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public LayerNormalization name(String name) {
    return new LayerNormalization(name, axes, epsilon, center, scale, rmsScaling);
  }

  /**
   * Sets what is added to the variance.
   *
   * @param epsilon at least 0
   * @return a changed copy
   */
  public LayerNormalization epsilon(double epsilon) {
    return new LayerNormalization(name, axes, epsilon, center, scale, rmsScaling);
  }

  /**
   * Sets whether there is a beta.
   *
   * @param center true for a beta
   * @return a changed copy
   */
  public LayerNormalization center(boolean center) {
    return new LayerNormalization(name, axes, epsilon, center, scale, rmsScaling);
  }

  /**
   * Sets whether there is a gamma.
   *
   * @param scale true for a gamma
   * @return a changed copy
   */
  public LayerNormalization scale(boolean scale) {
    return new LayerNormalization(name, axes, epsilon, center, scale, rmsScaling);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    IntTuple resolved = axes(input);
    if (!scale && !center) {
      return List.of();
    }
    AxisNormalization.requireKnown(name, input, resolved);
    Shape along = AxisNormalization.along(input, resolved);
    return GammaBeta.specs(along, scale, center);
  }

  @Override
  public Shape outputShape(Shape input) {
    axes(input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    IntTuple along = axes(input.shape());
    Constant gamma = scale ? weights.get("gamma") : null;
    if (rmsScaling) {
      return byDeviation(lowering, lowering.asSeen(name, input), along, gamma);
    }
    Constant beta = center ? weights.get("beta") : null;
    return AxisNormalization.append(
        lowering, name, input, along, Normalization.Kind.STANDARD, epsilon, gamma, beta);
  }

  /** {@code gamma * x / sqrt(variance + epsilon)}; deprecated in Keras, so no op is spent on it. */
  private Value byDeviation(Lowering lowering, Value in, IntTuple along, Constant gamma) {
    Value mean = mean(lowering, in, along);
    Value centred = binary(lowering, BinaryFunction.SUBTRACT, in, mean);
    Value squares = binary(lowering, BinaryFunction.MULTIPLY, centred, centred);
    Value variance = mean(lowering, squares, along);
    Value positive = Affine.append(lowering, name, variance, 1, epsilon);
    long[] ones = new long[in.shape().rank()];
    Arrays.fill(ones, 1);
    Value power = lowering.constant(Constant.of(Shape.of(ones), -0.5));
    Value inverse = binary(lowering, BinaryFunction.POWER, positive, power);
    Value scaled = binary(lowering, BinaryFunction.MULTIPLY, in, inverse);
    Shape parameters = AxisNormalization.parameters(in.shape(), along);
    Value factors = lowering.constant(gamma.reshape(parameters));
    return binary(lowering, BinaryFunction.MULTIPLY, scaled, factors);
  }

  private Value mean(Lowering lowering, Value in, IntTuple along) {
    Reduction op = new Reduction(in.shape(), along, ReductionKind.MEAN);
    return lowering.append(name, op, in, List.of(), DataFormat.CHANNELS_LAST);
  }

  private Value binary(Lowering lowering, BinaryFunction function, Value left, Value right) {
    Binary op = new Binary(left.shape(), right.shape(), function, Activation.LINEAR);
    return lowering.append(name, op, List.of(left, right), List.of(), DataFormat.CHANNELS_LAST);
  }

  private IntTuple axes(Shape input) {
    return Arguments.axes(name, "axis", axes, input);
  }
}
