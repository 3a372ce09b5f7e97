package org.conv4j.layer.reshaping;

import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Interpolation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;

/**
 * Keras's UpSampling2D: an image enlarged, for {@code (batch, height, width, channels)}.
 *
 * @param name the layer's name
 * @param size the factors for height and width
 * @param dataFormat the position of the channels in input and output
 * @param interpolation how values between inputs are found
 * @param coordinates where outputs lie among the inputs; half-pixel centres in Keras
 */
public record UpSampling2D(
    String name,
    IntTuple size,
    DataFormat dataFormat,
    Interpolation interpolation,
    ResizeCoordinates coordinates)
    implements BaseUpSampling {
  /**
   * Checks the arguments and writes a single number out for each dimension.
   *
   * @param name see {@link #name}
   * @param size see {@link #size}
   * @param dataFormat see {@link #dataFormat}
   * @param interpolation see {@link #interpolation}
   * @param coordinates see {@link #coordinates}
   */
  public UpSampling2D {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataFormat, "dataFormat");
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(coordinates, "coordinates");
    size = Arguments.broadcast(name, "size", 2, 1, size);
  }

  /**
   * Returns a layer with Keras's defaults: every pixel several times, channels last.
   *
   * @param size the factors; one stands for all dimensions
   * @return the layer
   * @throws InvalidLayerException if a factor is below 1
   */
  public static UpSampling2D of(int... size) {
    return new UpSampling2D(
        "up_sampling2d",
        IntTuple.of(size),
        DataFormat.CHANNELS_LAST,
        Interpolation.NEAREST,
        ResizeCoordinates.HALF_PIXEL);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public UpSampling2D name(String name) {
    return new UpSampling2D(name, size, dataFormat, interpolation, coordinates);
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  public UpSampling2D dataFormat(DataFormat dataFormat) {
    return new UpSampling2D(name, size, dataFormat, interpolation, coordinates);
  }

  /**
   * Sets how values between inputs are found.
   *
   * @param interpolation the interpolation
   * @return a changed copy
   */
  public UpSampling2D interpolation(Interpolation interpolation) {
    return new UpSampling2D(name, size, dataFormat, interpolation, coordinates);
  }

  /**
   * Sets where outputs lie among the inputs.
   *
   * @param coordinates half-pixel centres are Keras's, asymmetric ones TensorFlow.js's
   * @return a changed copy
   */
  public UpSampling2D coordinates(ResizeCoordinates coordinates) {
    return new UpSampling2D(name, size, dataFormat, interpolation, coordinates);
  }
}
