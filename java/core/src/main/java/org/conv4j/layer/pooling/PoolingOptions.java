package org.conv4j.layer.pooling;

import java.util.Objects;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;

/**
 * The arguments that the pooling layers share, with Keras's names and defaults.
 *
 * @param name the layer's name
 * @param poolSize the window's extents
 * @param strides the distance between neighbouring windows; null for the window's extents
 * @param padding valid or same
 * @param dataFormat the position of the channels in input and output
 */
public record PoolingOptions(
    String name, IntTuple poolSize, IntTuple strides, Padding padding, DataFormat dataFormat) {
  /**
   * Checks that nothing but the strides is null.
   *
   * @param name see {@link #name}
   * @param poolSize see {@link #poolSize}
   * @param strides see {@link #strides}
   * @param padding see {@link #padding}
   * @param dataFormat see {@link #dataFormat}
   */
  public PoolingOptions {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(poolSize, "poolSize");
    Objects.requireNonNull(padding, "padding");
    Objects.requireNonNull(dataFormat, "dataFormat");
  }

  /**
   * Returns Keras's defaults: windows side by side, no padding, channels last.
   *
   * @param name the layer's name
   * @param poolSize the window's extents; one stands for all dimensions
   * @return the options
   */
  public static PoolingOptions of(String name, int... poolSize) {
    return new PoolingOptions(
        name, IntTuple.of(poolSize), null, Padding.VALID, DataFormat.CHANNELS_LAST);
  }

  /** Checks the options for a number of dimensions and writes single numbers out for each. */
  PoolingOptions resolve(int rank) {
    if (padding == Padding.CAUSAL) {
      throw Arguments.invalid(name, "padding", "valid or same", padding);
    }
    IntTuple size = Arguments.broadcast(name, "pool_size", rank, 1, poolSize);
    IntTuple steps =
        strides == null ? size : Arguments.broadcast(name, "strides", rank, 1, strides);
    return new PoolingOptions(name, size, steps, padding, dataFormat);
  }

  SpatialLayout layout() {
    return new SpatialLayout(name, poolSize.size(), dataFormat);
  }
}
