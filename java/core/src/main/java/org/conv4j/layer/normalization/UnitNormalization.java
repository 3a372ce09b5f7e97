package org.conv4j.layer.normalization;

import java.util.Objects;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.AxisNormalization;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Normalization;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's UnitNormalization: every example divided by its length along some axes.
 *
 * @param name the layer's name
 * @param axes the axes; negative values count from the end
 */
public record UnitNormalization(String name, IntTuple axes) implements WeightlessLayer {
  /** Keras has no argument for it. */
  private static final double EPSILON = 1e-12;

  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   */
  public UnitNormalization {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(axes, "axes");
  }

  /**
   * Returns a layer.
   *
   * @param axes the axes; none for Keras's default, the last one
   * @return the layer
   */
  public static UnitNormalization of(int... axes) {
    IntTuple tuple = axes.length == 0 ? IntTuple.of(-1) : IntTuple.of(axes);
    return new UnitNormalization("unit_normalization", tuple);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public UnitNormalization name(String name) {
    return new UnitNormalization(name, axes);
  }

  @Override
  public Shape outputShape(Shape input) {
    Arguments.axes(name, "axis", axes, input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    IntTuple along = Arguments.axes(name, "axis", axes, input.shape());
    Normalization.Kind kind = Normalization.Kind.EUCLIDEAN;
    return AxisNormalization.append(lowering, name, input, along, kind, EPSILON, null, null);
  }
}
