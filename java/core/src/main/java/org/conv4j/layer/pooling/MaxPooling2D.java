package org.conv4j.layer.pooling;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.PoolingKind;

/**
 * Keras's MaxPooling2D: the largest element of each window, for {@code (batch, height, width,
 * channels)}.
 *
 * @param options the arguments that all pooling layers share
 */
public record MaxPooling2D(PoolingOptions options) implements BasePooling<MaxPooling2D> {
  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param options see {@link #options}
   */
  public MaxPooling2D {
    options = options.resolve(2);
  }

  /**
   * Returns a layer with Keras's defaults: windows side by side, no padding.
   *
   * @param poolSize the window's extents; one stands for all dimensions
   * @return the layer
   * @throws InvalidLayerException if an argument is illegal
   */
  public static MaxPooling2D of(int... poolSize) {
    return new MaxPooling2D(PoolingOptions.of("max_pooling2d", poolSize));
  }

  @Override
  public PoolingKind kind() {
    return PoolingKind.MAX;
  }

  @Override
  public MaxPooling2D withOptions(PoolingOptions options) {
    return new MaxPooling2D(options);
  }
}
