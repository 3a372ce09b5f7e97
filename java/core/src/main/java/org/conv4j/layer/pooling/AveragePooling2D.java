package org.conv4j.layer.pooling;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.PoolingKind;

/**
 * Keras's AveragePooling2D: the mean of each window, padding apart, for {@code (batch, height,
 * width, channels)}.
 *
 * @param options the arguments that all pooling layers share
 */
public record AveragePooling2D(PoolingOptions options) implements BasePooling<AveragePooling2D> {
  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param options see {@link #options}
   */
  public AveragePooling2D {
    options = options.resolve(2);
  }

  /**
   * Returns a layer with Keras's defaults: windows side by side, no padding.
   *
   * @param poolSize the window's extents; one stands for all dimensions
   * @return the layer
   * @throws InvalidLayerException if an argument is illegal
   */
  public static AveragePooling2D of(int... poolSize) {
    return new AveragePooling2D(PoolingOptions.of("average_pooling2d", poolSize));
  }

  @Override
  public PoolingKind kind() {
    return PoolingKind.AVERAGE;
  }

  @Override
  public AveragePooling2D withOptions(PoolingOptions options) {
    return new AveragePooling2D(options);
  }
}
