package org.conv4j.layer.pooling;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.PoolingKind;

/**
 * Keras's AveragePooling3D: the mean of each window, padding apart, for {@code (batch, d1, d2, d3,
 * channels)}.
 *
 * @param options the arguments that all pooling layers share
 */
public record AveragePooling3D(PoolingOptions options) implements BasePooling<AveragePooling3D> {
  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param options see {@link #options}
   */
  public AveragePooling3D {
    options = options.resolve(3);
  }

  /**
   * Returns a layer with Keras's defaults: windows side by side, no padding.
   *
   * @param poolSize the window's extents; one stands for all dimensions
   * @return the layer
   * @throws InvalidLayerException if an argument is illegal
   */
  public static AveragePooling3D of(int... poolSize) {
    return new AveragePooling3D(PoolingOptions.of("average_pooling3d", poolSize));
  }

  @Override
  public PoolingKind kind() {
    return PoolingKind.AVERAGE;
  }

  @Override
  public AveragePooling3D withOptions(PoolingOptions options) {
    return new AveragePooling3D(options);
  }
}
