package org.conv4j.layer.pooling;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.PoolingKind;

/**
 * Keras's AveragePooling1D: the mean of each window, padding apart, for {@code (batch, steps,
 * channels)}.
 *
 * @param options the arguments that all pooling layers share
 */
public record AveragePooling1D(PoolingOptions options) implements BasePooling<AveragePooling1D> {
  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param options see {@link #options}
   */
  public AveragePooling1D {
    options = options.resolve(1);
  }

  /**
   * Returns a layer with Keras's defaults: windows side by side, no padding.
   *
   * @param poolSize the window's extents; one stands for all dimensions
   * @return the layer
   * @throws InvalidLayerException if an argument is illegal
   */
  public static AveragePooling1D of(int... poolSize) {
    return new AveragePooling1D(PoolingOptions.of("average_pooling1d", poolSize));
  }

  @Override
  public PoolingKind kind() {
    return PoolingKind.AVERAGE;
  }

  @Override
  public AveragePooling1D withOptions(PoolingOptions options) {
    return new AveragePooling1D(options);
  }
}
