package org.conv4j.layer.preprocessing;

import java.util.List;
import java.util.Objects;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.AxisNormalization;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's Normalization: {@code (x - mean) / sqrt(variance)}, or its inverse.
 *
 * <p>Weights, unless it is given moments: {@code mean} and {@code variance} of the input's extents
 * along the axes, and {@code count}, a scalar that plays no part.
 *
 * @param name the layer's name
 * @param axes the axes whose elements have moments of their own; empty for one mean and variance;
 *     negative values count from the end
 * @param moments the mean and variance, or null if they are weights
 * @param invert whether the inverse is computed
 */
public record Normalization(String name, IntTuple axes, Moments moments, boolean invert)
    implements SingleInputLayer {
  /** Keras's epsilon, the least standard deviation that is divided by. */
  private static final double EPSILON = 1e-7;

  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   * @param moments see {@link #moments}
   * @param invert see {@link #invert}
   */
  public Normalization {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(axes, "axes");
    if (moments != null && moments.shape().rank() > axes.size()) {
      String expected = "numbers of at most as many dimensions as there are axes, " + axes;
      throw Arguments.invalid(name, "mean", expected, "the shape " + moments.shape());
    }
  }

  /**
   * Returns a layer that learns its moments.
   *
   * @param axes the axes whose elements have moments of their own
   * @return the layer
   */
  public static Normalization of(int... axes) {
    return new Normalization("normalization", IntTuple.of(axes), null, false);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Normalization name(String name) {
    return new Normalization(name, axes, moments, invert);
  }

  /**
   * Sets the mean and variance.
   *
   * @param moments the moments, or null if they are weights
   * @return a changed copy
   */
  public Normalization moments(Moments moments) {
    return new Normalization(name, axes, moments, invert);
  }

  /**
   * Sets whether the inverse is computed.
   *
   * @param invert true for the inverse
   * @return a changed copy
   */
  public Normalization invert(boolean invert) {
    return new Normalization(name, axes, moments, invert);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    Shape along = along(input);
    if (moments != null) {
      return List.of();
    }
    AxisNormalization.requireKnown(name, input, resolved(input));
    return List.of(
        WeightSpec.untrained("mean", along),
        WeightSpec.untrained("variance", along),
        WeightSpec.untrained("count", Shape.of()));
  }

  @Override
  public Shape outputShape(Shape input) {
    along(input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Shape along = along(input.shape());
    double[] mean;
    double[] variance;
    if (moments == null) {
      mean = weights.get("mean").elements();
      variance = weights.get("variance").elements();
    } else {
      mean = Moments.broadcast(moments.shape(), moments.mean(), along);
      variance = Moments.broadcast(moments.shape(), moments.variance(), along);
    }
    double[] scale = new double[mean.length];
    double[] shift = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      double deviation = Math.max(Math.sqrt(variance[i]), EPSILON);
      scale[i] = invert ? deviation : 1 / deviation;
      shift[i] = invert ? mean[i] : -mean[i] / deviation;
    }
    Shape parameters = AxisNormalization.parameters(input.shape(), resolved(input.shape()));
    return Affine.append(lowering, name, input, parameters, scale, shift);
  }

  private Shape along(Shape input) {
    Shape along = AxisNormalization.along(input, resolved(input));
    if (moments != null && !moments.fits(along)) {
      String expected = "of a shape that can be broadcast to %s for the input %s";
      throw Arguments.invalid(
          name, "mean", expected.formatted(along, input), "the shape " + moments.shape());
    }
    return along;
  }

  private IntTuple resolved(Shape input) {
    Arguments.rankAtLeast(name, 1, input);
    return axes.size() == 0 ? axes : Arguments.axes(name, "axis", axes, input);
  }
}
