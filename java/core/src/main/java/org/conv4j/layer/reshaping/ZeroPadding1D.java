package org.conv4j.layer.reshaping;

import org.conv4j.error.InvalidLayerException;

/**
 * Keras's ZeroPadding1D: zeros around steps, for {@code (batch, steps, channels)}.
 *
 * @param padding how much on each side
 */
public record ZeroPadding1D(Borders padding) implements BaseZeroPadding<ZeroPadding1D> {
  /**
   * Checks the arguments.
   *
   * @param padding see {@link #padding}
   */
  public ZeroPadding1D {
    padding = padding.resolve("padding", 1);
  }

  /**
   * Returns a layer for channels-last tensors.
   *
   * @param padding one number for both ends, or one for each
   * @return the layer
   * @throws InvalidLayerException if a number is negative, or there are too many or too few
   */
  public static ZeroPadding1D of(int... padding) {
    return new ZeroPadding1D(Borders.of("zero_padding1d", 1, padding));
  }

  @Override
  public ZeroPadding1D withPadding(Borders padding) {
    return new ZeroPadding1D(padding);
  }
}
