package org.conv4j.layer.reshaping;

import org.conv4j.error.InvalidLayerException;

/**
 * Keras's Cropping3D: cuts the ends off three spatial dimensions, for {@code (batch, d1, d2, d3,
 * channels)}.
 *
 * @param cropping how much on each side
 */
public record Cropping3D(Borders cropping) implements BaseCropping<Cropping3D> {
  /**
   * Checks the arguments.
   *
   * @param cropping see {@link #cropping}
   */
  public Cropping3D {
    cropping = cropping.resolve("cropping", 3);
  }

  /**
   * Returns a layer for channels-last tensors.
   *
   * @param cropping one number for all ends, one for both ends of each dimension, or a begin and an
   *     end for each
   * @return the layer
   * @throws InvalidLayerException if a number is negative, or there are too many or too few
   */
  public static Cropping3D of(int... cropping) {
    return new Cropping3D(Borders.of("cropping3d", 3, cropping));
  }

  @Override
  public Cropping3D withCropping(Borders cropping) {
    return new Cropping3D(cropping);
  }
}
