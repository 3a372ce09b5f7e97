package org.conv4j.layer.reshaping;

import org.conv4j.error.InvalidLayerException;

/**
 * Keras's Cropping2D: cuts the ends off height and width, for {@code (batch, height, width,
 * channels)}.
 *
 * @param cropping how much on each side
 */
public record Cropping2D(Borders cropping) implements BaseCropping<Cropping2D> {
  /**
   * Checks the arguments.
   *
   * @param cropping see {@link #cropping}
   */
  public Cropping2D {
    cropping = cropping.resolve("cropping", 2);
  }

  /**
   * Returns a layer for channels-last tensors.
   *
   * @param cropping one number for all ends, one for both ends of each dimension, or a begin and an
   *     end for each
   * @return the layer
   * @throws InvalidLayerException if a number is negative, or there are too many or too few
   */
  public static Cropping2D of(int... cropping) {
    return new Cropping2D(Borders.of("cropping2d", 2, cropping));
  }

  @Override
  public Cropping2D withCropping(Borders cropping) {
    return new Cropping2D(cropping);
  }
}
