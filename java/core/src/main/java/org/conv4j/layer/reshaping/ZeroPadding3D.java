package org.conv4j.layer.reshaping;

import org.conv4j.error.InvalidLayerException;

/**
 * Keras's ZeroPadding3D: zeros around three spatial dimensions, for {@code (batch, d1, d2, d3,
 * channels)}.
 *
 * @param padding how much on each side
 */
public record ZeroPadding3D(Borders padding) implements BaseZeroPadding<ZeroPadding3D> {
  /**
   * Checks the arguments.
   *
   * @param padding see {@link #padding}
   */
  public ZeroPadding3D {
    padding = padding.resolve("padding", 3);
  }

  /**
   * Returns a layer for channels-last tensors.
   *
   * @param padding one number for all ends, one for both ends of each dimension, or a begin and an
   *     end for each
   * @return the layer
   * @throws InvalidLayerException if a number is negative, or there are too many or too few
   */
  public static ZeroPadding3D of(int... padding) {
    return new ZeroPadding3D(Borders.of("zero_padding3d", 3, padding));
  }

  @Override
  public ZeroPadding3D withPadding(Borders padding) {
    return new ZeroPadding3D(padding);
  }
}
