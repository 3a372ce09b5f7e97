package org.conv4j.layer.reshaping;

import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Interpolation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;

/**
 * Keras's UpSampling3D: every element several times, for {@code (batch, d1, d2, d3, channels)}.
 *
 * @param name the layer's name
 * @param size the factors for the three dimensions
 * @param dataFormat the position of the channels in input and output
 */
public record UpSampling3D(String name, IntTuple size, DataFormat dataFormat)
    implements BaseUpSampling {
  /**
   * Checks the arguments and writes a single number out for each dimension.
   *
   * @param name see {@link #name}
   * @param size see {@link #size}
   * @param dataFormat see {@link #dataFormat}
   */
  public UpSampling3D {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataFormat, "dataFormat");
    size = Arguments.broadcast(name, "size", 3, 1, size);
  }

  /**
   * Returns a layer with Keras's default, channels last.
   *
   * @param size the factors; one stands for all dimensions
   * @return the layer
   * @throws InvalidLayerException if a factor is below 1
   */
  public static UpSampling3D of(int... size) {
    return new UpSampling3D("up_sampling3d", IntTuple.of(size), DataFormat.CHANNELS_LAST);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public UpSampling3D name(String name) {
    return new UpSampling3D(name, size, dataFormat);
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  public UpSampling3D dataFormat(DataFormat dataFormat) {
    return new UpSampling3D(name, size, dataFormat);
  }

  @Override
  public Interpolation interpolation() {
    return Interpolation.NEAREST;
  }
}
