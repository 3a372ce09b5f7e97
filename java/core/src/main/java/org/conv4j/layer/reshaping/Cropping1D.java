package org.conv4j.layer.reshaping;

import org.conv4j.error.InvalidLayerException;

/**
 * Keras's Cropping1D: cuts the ends off steps, for {@code (batch, steps, channels)}.
 *
 * @param cropping how much on each side
 */
public record Cropping1D(Borders cropping) implements BaseCropping<Cropping1D> {
  /**
   * Checks the arguments.
   *
   * @param cropping see {@link #cropping}
   */
  public Cropping1D {
    cropping = cropping.resolve("cropping", 1);
  }

  /**
   * Returns a layer for channels-last tensors.
   *
   * @param cropping one number for both ends, or one for each
   * @return the layer
   * @throws InvalidLayerException if a number is negative, or there are too many or too few
   */
  public static Cropping1D of(int... cropping) {
    return new Cropping1D(Borders.of("cropping1d", 1, cropping));
  }

  @Override
  public Cropping1D withCropping(Borders cropping) {
    return new Cropping1D(cropping);
  }
}
