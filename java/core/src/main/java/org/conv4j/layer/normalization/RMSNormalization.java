package org.conv4j.layer.normalization;

import java.util.List;
import java.util.Objects;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.AxisNormalization;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Normalization;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's RMSNormalization: every example divided by its root mean square along the last axes, then
 * scaled.
 *
 * <p>Weights: {@code scale} of the input's extents along the axes.
 *
 * @param name the layer's name
 * @param axes the last axes; negative values count from the end
 * @param epsilon what is added to the mean square
 */
public record RMSNormalization(String name, IntTuple axes, double epsilon)
    implements SingleInputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   * @param epsilon see {@link #epsilon}
   */
  public RMSNormalization {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(axes, "axes");
    Arguments.notNegative(name, "epsilon", epsilon);
  }

  /**
   * Returns a layer with Keras's default, an epsilon of 1e-6.
   *
   * @param axes the axes; none for Keras's default, the last one
   * @return the layer
   */
  public static RMSNormalization of(int... axes) {
    IntTuple tuple = axes.length == 0 ? IntTuple.of(-1) : IntTuple.of(axes);
    return new RMSNormalization("rms_normalization", tuple, 1e-6);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public RMSNormalization name(String name) {
    return new RMSNormalization(name, axes, epsilon);
  }

  /**
   * Sets what is added to the mean square.
   *
   * @param epsilon at least 0
   * @return a changed copy
   */
  public RMSNormalization epsilon(double epsilon) {
    return new RMSNormalization(name, axes, epsilon);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    AxisNormalization.requireKnown(name, input, axes(input));
    return List.of(new WeightSpec("scale", AxisNormalization.along(input, axes(input))));
  }

  @Override
  public Shape outputShape(Shape input) {
    axes(input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    IntTuple along = axes(input.shape());
    Normalization.Kind kind = Normalization.Kind.ROOT_MEAN_SQUARE;
    Constant scale = weights.get("scale");
    return AxisNormalization.append(lowering, name, input, along, kind, epsilon, scale, null);
  }

  /** Keras applies the scale to the last axes, whichever it normalizes along. */
  private IntTuple axes(Shape input) {
    IntTuple resolved = Arguments.axes(name, "axis", axes, input);
    if (resolved.get(0) != input.rank() - resolved.size()) {
      throw Arguments.invalid(name, "axis", "the last axes of an input of shape " + input, axes);
    }
    return resolved;
  }
}
