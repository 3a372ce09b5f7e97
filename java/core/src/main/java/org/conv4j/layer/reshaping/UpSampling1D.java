package org.conv4j.layer.reshaping;

import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Interpolation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;

/**
 * Keras's UpSampling1D: every step several times, for {@code (batch, steps, channels)}.
 *
 * @param name the layer's name
 * @param size how many times, as a tuple of one number
 */
public record UpSampling1D(String name, IntTuple size) implements BaseUpSampling {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param size see {@link #size}
   */
  public UpSampling1D {
    Objects.requireNonNull(name, "name");
    size = Arguments.broadcast(name, "size", 1, 1, size);
  }

  /**
   * Returns a layer.
   *
   * @param size how many times
   * @return the layer
   * @throws InvalidLayerException if the number is below 1
   */
  public static UpSampling1D of(int size) {
    return new UpSampling1D("up_sampling1d", IntTuple.of(size));
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public UpSampling1D name(String name) {
    return new UpSampling1D(name, size);
  }

  @Override
  public DataFormat dataFormat() {
    return DataFormat.CHANNELS_LAST;
  }

  @Override
  public Interpolation interpolation() {
    return Interpolation.NEAREST;
  }
}
