package org.conv4j.layer.reshaping;

import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Slice;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's cutting of the ends of spatial dimensions.
 *
 * @param <L> the layer's own type
 */
public sealed interface BaseCropping<L extends BaseCropping<L>> extends WeightlessLayer
    permits Cropping1D, Cropping2D, Cropping3D {
  /**
   * Returns how much is cut from each side.
   *
   * @return the cropping
   */
  Borders cropping();

  /**
   * Returns this layer with another cropping.
   *
   * @param cropping the cropping
   * @return a changed copy
   */
  L withCropping(Borders cropping);

  @Override
  default String name() {
    return cropping().name();
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  default L name(String name) {
    return withCropping(cropping().withName(name));
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  default L dataFormat(DataFormat dataFormat) {
    return withCropping(cropping().withDataFormat(dataFormat));
  }

  @Override
  default Shape outputShape(Shape input) {
    Shape last = cropping().layout().channelsLast(input);
    long[] output = last.extents();
    for (int i = 0; i < cropping().begin().size(); i++) {
      output[i + 1] =
          Extents.changed(
              output[i + 1], -((long) cropping().begin().get(i) + cropping().end().get(i)));
      if (output[i + 1] == 0) {
        throw new ShapeMismatchException(
            "Layer '%s': a cropping of %s leaves nothing of the input %s."
                .formatted(name(), cropping(), input));
      }
    }
    return cropping().layout().seen(Shape.open(output));
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    SpatialLayout layout = cropping().layout();
    Shape output = layout.channelsLast(outputShape(input.shape()));
    IntTuple begin = Borders.allAxes(cropping().begin());
    IntTuple steps = IntTuple.filled(output.rank(), 1);
    Slice op = new Slice(layout.channelsLast(input.shape()), begin, steps, output);
    return layout.append(lowering, op, input);
  }
}
