package org.conv4j.layer.pooling;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.PoolingKind;

/**
 * Keras's MaxPooling3D: the largest element of each window, for {@code (batch, d1, d2, d3,
 * channels)}.
 *
 * @param options the arguments that all pooling layers share
 */
public record MaxPooling3D(PoolingOptions options) implements BasePooling<MaxPooling3D> {
  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param options see {@link #options}
   */
  public MaxPooling3D {
    options = options.resolve(3);
  }

  /**
   * Returns a layer with Keras's defaults: windows side by side, no padding.
   *
   * @param poolSize the window's extents; one stands for all dimensions
   * @return the layer
   * @throws InvalidLayerException if an argument is illegal
   */
  public static MaxPooling3D of(int... poolSize) {
    return new MaxPooling3D(PoolingOptions.of("max_pooling3d", poolSize));
  }

  @Override
  public PoolingKind kind() {
    return PoolingKind.MAX;
  }

  @Override
  public MaxPooling3D withOptions(PoolingOptions options) {
    return new MaxPooling3D(options);
  }
}
