package org.conv4j.layer.reshaping;

import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Pad;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's zeros around the spatial dimensions.
 *
 * @param <L> the layer's own type
 */
public sealed interface BaseZeroPadding<L extends BaseZeroPadding<L>> extends WeightlessLayer
    permits ZeroPadding1D, ZeroPadding2D, ZeroPadding3D {
  /**
   * Returns how many zeros there are on each side.
   *
   * @return the padding
   */
  Borders padding();

  /**
   * Returns this layer with another padding.
   *
   * @param padding the padding
   * @return a changed copy
   */
  L withPadding(Borders padding);

  @Override
  default String name() {
    return padding().name();
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  default L name(String name) {
    return withPadding(padding().withName(name));
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  default L dataFormat(DataFormat dataFormat) {
    return withPadding(padding().withDataFormat(dataFormat));
  }

  @Override
  default Shape outputShape(Shape input) {
    Shape last = padding().layout().channelsLast(input);
    long[] output = last.extents();
    for (int i = 0; i < padding().begin().size(); i++) {
      output[i + 1] =
          Extents.changed(output[i + 1], (long) padding().begin().get(i) + padding().end().get(i));
    }
    return padding().layout().seen(Shape.open(output));
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    return padding().layout().append(lowering, op(input.shape()), input);
  }

  private Pad op(Shape seen) {
    Shape input = padding().layout().channelsLast(seen);
    IntTuple begin = Borders.allAxes(padding().begin());
    return new Pad(input, begin, Borders.allAxes(padding().end()), 0);
  }
}
