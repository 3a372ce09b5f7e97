package org.conv4j.layer.reshaping;

import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.layer.Interpolation;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Resize;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/** Keras's enlarging of the spatial dimensions by whole factors. */
public sealed interface BaseUpSampling extends WeightlessLayer
    permits UpSampling1D, UpSampling2D, UpSampling3D {
  /**
   * Returns the factors.
   *
   * @return one for each spatial dimension
   */
  IntTuple size();

  /**
   * Returns the position of the channels.
   *
   * @return the data format of input and output
   */
  DataFormat dataFormat();

  /**
   * Returns how values between inputs are found.
   *
   * @return the interpolation
   */
  Interpolation interpolation();

  /**
   * Returns where outputs lie among the inputs.
   *
   * @return half-pixel centres, Keras's way, unless a layer says otherwise
   */
  default ResizeCoordinates coordinates() {
    return ResizeCoordinates.HALF_PIXEL;
  }

  @Override
  default Shape outputShape(Shape input) {
    long[] output = layout().channelsLast(input).extents();
    for (int i = 0; i < size().size(); i++) {
      if (output[i + 1] > Integer.MAX_VALUE / size().get(i)) {
        throw new ShapeMismatchException(
            "Layer '%s': a size of %s is too large for the input %s."
                .formatted(name(), size(), input));
      }
      output[i + 1] = Extents.product(output[i + 1], size().get(i));
    }
    return layout().seen(Shape.open(output));
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    Shape output = layout().channelsLast(outputShape(input.shape()));
    Shape in = layout().channelsLast(input.shape());
    Resize op = new Resize(in, output, interpolation().method(), coordinates());
    return layout().append(lowering, op, input);
  }

  private SpatialLayout layout() {
    return new SpatialLayout(name(), size().size(), dataFormat());
  }
}
