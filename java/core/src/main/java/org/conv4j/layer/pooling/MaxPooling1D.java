package org.conv4j.layer.pooling;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.PoolingKind;

/**
 * Keras's MaxPooling1D: the largest element of each window, for {@code (batch, steps, channels)}.
 *
 * @param options the arguments that all pooling layers share
 */
public record MaxPooling1D(PoolingOptions options) implements BasePooling<MaxPooling1D> {
  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param options see {@link #options}
   */
  public MaxPooling1D {
    options = options.resolve(1);
  }

  /**
   * Returns a layer with Keras's defaults: windows side by side, no padding.
   *
   * @param poolSize the window's extents; one stands for all dimensions
   * @return the layer
   * @throws InvalidLayerException if an argument is illegal
   */
  public static MaxPooling1D of(int... poolSize) {
    return new MaxPooling1D(PoolingOptions.of("max_pooling1d", poolSize));
  }

  @Override
  public PoolingKind kind() {
    return PoolingKind.MAX;
  }

  @Override
  public MaxPooling1D withOptions(PoolingOptions options) {
    return new MaxPooling1D(options);
  }
}
