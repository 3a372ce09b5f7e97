package org.conv4j.layer.reshaping;

import org.conv4j.error.InvalidLayerException;

/**
 * Keras's ZeroPadding2D: zeros around height and width, for {@code (batch, height, width,
 * channels)}.
 *
 * @param padding how much on each side
 */
public record ZeroPadding2D(Borders padding) implements BaseZeroPadding<ZeroPadding2D> {
  /**
   * Checks the arguments.
   *
   * @param padding see {@link #padding}
   */
  public ZeroPadding2D {
    padding = padding.resolve("padding", 2);
  }

  /**
   * Returns a layer for channels-last tensors.
   *
   * @param padding one number for all ends, one for both ends of each dimension, or a begin and an
   *     end for each
   * @return the layer
   * @throws InvalidLayerException if a number is negative, or there are too many or too few
   */
  public static ZeroPadding2D of(int... padding) {
    return new ZeroPadding2D(Borders.of("zero_padding2d", 2, padding));
  }

  @Override
  public ZeroPadding2D withPadding(Borders padding) {
    return new ZeroPadding2D(padding);
  }
}
