package org.conv4j.layer.normalization;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's GroupNormalization: every group of channels of every example normalized, then scaled and
 * shifted for each channel.
 *
 * <p>Weights, each of shape {@code (channels)}: {@code gamma} and {@code beta}, if it has them.
 *
 * @param name the layer's name
 * @param groups the number of groups; -1 for one for each channel
 * @param axis the axis of the channels; negative values count from the end
 * @param epsilon what is added to the variance
 * @param center whether there is a beta
 * @param scale whether there is a gamma
 */
public record GroupNormalization(
    String name, int groups, int axis, double epsilon, boolean center, boolean scale)
    implements SingleInputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param groups see {@link #groups}
   * @param axis see {@link #axis}
   * @param epsilon see {@link #epsilon}
   * @param center see {@link #center}
   * @param scale see {@link #scale}
   */
  public GroupNormalization {
    Objects.requireNonNull(name, "name");
    Arguments.notNegative(name, "epsilon", epsilon);
    if (groups < 1 && groups != -1) {
      throw Arguments.invalid(name, "groups", "a whole number of at least 1, or -1", groups);
    }
  }

  /**
   * Returns a layer with Keras's defaults: the last axis, an epsilon of 1e-3, gamma and beta.
   *
   * @param groups the number of groups; -1 for one for each channel
   * @return the layer
   * @throws InvalidLayerException if the number is illegal
   */
  public static GroupNormalization of(int groups) {
    return new GroupNormalization("group_normalization", groups, -1, 1e-3, true, true);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public GroupNormalization name(String name) {
    return new GroupNormalization(name, groups, axis, epsilon, center, scale);
  }

  /**
   * Sets the axis of the channels.
   *
   * @param axis negative values count from the end
   * @return a changed copy
   */
  public GroupNormalization axis(int axis) {
    return new GroupNormalization(name, groups, axis, epsilon, center, scale);
  }

  /**
   * Sets what is added to the variance.
   *
   * @param epsilon at least 0
   * @return a changed copy
   */
  public GroupNormalization epsilon(double epsilon) {
    return new GroupNormalization(name, groups, axis, epsilon, center, scale);
  }

  /**
   * Sets whether there is a beta.
   *
   * @param center true for a beta
   * @return a changed copy
   */
  public GroupNormalization center(boolean center) {
    return new GroupNormalization(name, groups, axis, epsilon, center, scale);
  }

  /**
   * Sets whether there is a gamma.
   *
   * @param scale true for a gamma
   * @return a changed copy
   */
  public GroupNormalization scale(boolean scale) {
    return new GroupNormalization(name, groups, axis, epsilon, center, scale);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    int along = channelAxis(input);
    if (!scale && !center) {
      return List.of();
    }
    Shape channels = Shape.of(Arguments.known(name, input, along, input).dim(along));
    return GammaBeta.specs(channels, scale, center);
  }

  @Override
  public Shape outputShape(Shape input) {
    channelAxis(input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    int channelAxis = channelAxis(input.shape());
    int rank = input.shape().rank();
    if (input.storedAxis(channelAxis) == rank - 1) {
      return normalize(lowering, input, weights);
    }
    if (channelAxis == 1) {
      Value last = lowering.channelsLast(name, input, DataFormat.CHANNELS_FIRST);
      return normalize(lowering, last, weights);
    }
    IntTuple toEnd =
        IntTuple.generate(rank, i -> i == rank - 1 ? channelAxis : i < channelAxis ? i : i + 1);
    IntTuple back =
        IntTuple.generate(rank, i -> i == channelAxis ? rank - 1 : i < channelAxis ? i : i - 1);
    Value last = lowering.asSeen(name, lowering.permute(name, input, toEnd));
    return lowering.permute(name, normalize(lowering, last, weights), back);
  }

  /** Splits the channels, which memory holds last, into groups of neighbours. */
  private Value normalize(Lowering lowering, Value in, Weights weights) {
    Shape stored = in.stored();
    long channels = stored.dim(-1);
    long count = groups == -1 ? channels : groups;
    long places = stored.elementCount() / stored.dim(0) / channels;
    Shape grouped = Shape.of(stored.dim(0), places, count, channels / count);
    Shape parameters = Shape.of(1, 1, count, channels / count);
    List<Constant> constants = new ArrayList<>();
    if (scale) {
      constants.add(weights.get("gamma").reshape(parameters));
    }
    if (center) {
      constants.add(weights.get("beta").reshape(parameters));
    }
    IntTuple set = IntTuple.of(1, 3);
    Normalization.Kind kind = Normalization.Kind.STANDARD;
    Op op = new Normalization(grouped, set, kind, epsilon, parameters, scale, center);
    Value view = new Value(in.id(), grouped, DataFormat.CHANNELS_LAST);
    Value result = lowering.append(name, op, view, constants, DataFormat.CHANNELS_LAST);
    return new Value(result.id(), in.shape(), in.view());
  }

  private int channelAxis(Shape input) {
    int resolved = Arguments.axes(name, "axis", IntTuple.of(axis), input).get(0);
    long channels = input.extent(resolved);
    if (groups != -1 && Extents.isKnown(channels) && channels % groups != 0) {
      String expected = "a divisor of the %d channels of %s".formatted(channels, input);
      throw Arguments.invalid(name, "groups", expected, groups);
    }
    return resolved;
  }
}
