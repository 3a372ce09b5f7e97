package org.conv4j.layer.normalization;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's BatchNormalization at inference: {@code gamma * (x - moving_mean) / sqrt(moving_variance
 * + epsilon) + beta} along one axis.
 *
 * <p>Weights, each of shape {@code (channels)}: {@code gamma} if it scales, {@code beta} if it
 * centres, {@code moving_mean} and {@code moving_variance}.
 *
 * @param name the layer's name
 * @param axis the axis whose elements have numbers of their own; negative values count from the end
 * @param epsilon what is added to the variance
 * @param center whether there is a beta
 * @param scale whether there is a gamma
 */
public record BatchNormalization(
    String name, int axis, double epsilon, boolean center, boolean scale)
    implements SingleInputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param axis see {@link #axis}
   * @param epsilon see {@link #epsilon}
   * @param center see {@link #center}
   * @param scale see {@link #scale}
   */
  public BatchNormalization {
    Objects.requireNonNull(name, "name");
    Arguments.notNegative(name, "epsilon", epsilon);
  }

  /**
   * Returns a layer with Keras's defaults: the last axis, an epsilon of 1e-3, gamma and beta.
   *
   * @return the layer
   */
  public static BatchNormalization of() {
    return new BatchNormalization("batch_normalization", -1, 1e-3, true, true);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public BatchNormalization name(String name) {
    return new BatchNormalization(name, axis, epsilon, center, scale);
  }

  /**
   * Sets the axis.
   *
   * @param axis negative values count from the end
   * @return a changed copy
   */
  public BatchNormalization axis(int axis) {
    return new BatchNormalization(name, axis, epsilon, center, scale);
  }

  /**
   * Sets what is added to the variance.
   *
   * @param epsilon at least 0
   * @return a changed copy
   */
  public BatchNormalization epsilon(double epsilon) {
    return new BatchNormalization(name, axis, epsilon, center, scale);
  }

  /**
   * Sets whether there is a beta.
   *
   * @param center true for a beta
   * @return a changed copy
   */
  public BatchNormalization center(boolean center) {
    return new BatchNormalization(name, axis, epsilon, center, scale);
  }

  /**
   * Sets whether there is a gamma.
   *
   * @param scale true for a gamma
   * @return a changed copy
   */
  public BatchNormalization scale(boolean scale) {
    return new BatchNormalization(name, axis, epsilon, center, scale);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    int along = channelAxis(input);
    Shape channels = Shape.of(Arguments.known(name, input, along, input).dim(along));
    List<WeightSpec> specs = GammaBeta.specs(channels, scale, center);
    specs.add(WeightSpec.untrained("moving_mean", channels));
    specs.add(WeightSpec.untrained("moving_variance", channels));
    return specs;
  }

  @Override
  public Shape outputShape(Shape input) {
    channelAxis(input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    double[] mean = weights.get("moving_mean").elements();
    double[] factors = weights.get("moving_variance").elements();
    double[] gamma = scale ? weights.get("gamma").elements() : null;
    double[] terms = center ? weights.get("beta").elements() : new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      factors[i] = (scale ? gamma[i] : 1) / Math.sqrt(factors[i] + epsilon);
      terms[i] -= mean[i] * factors[i];
    }
    long[] parameters = new long[input.shape().rank()];
    Arrays.fill(parameters, 1);
    parameters[channelAxis(input.shape())] = mean.length;
    return Affine.append(lowering, name, input, Shape.of(parameters), factors, terms);
  }

  private int channelAxis(Shape input) {
    Arguments.rankAtLeast(name, 2, input);
    return Arguments.axes(name, "axis", IntTuple.of(axis), input).get(0);
  }
}
