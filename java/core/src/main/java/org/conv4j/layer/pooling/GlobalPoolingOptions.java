package org.conv4j.layer.pooling;

import java.util.Objects;
import org.conv4j.shape.DataFormat;

/**
 * The arguments that the global pooling layers share, with Keras's names and defaults.
 *
 * @param name the layer's name
 * @param dataFormat the position of the channels in the input
 * @param keepdims whether the spatial dimensions stay, with extent 1
 */
public record GlobalPoolingOptions(String name, DataFormat dataFormat, boolean keepdims) {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param dataFormat see {@link #dataFormat}
   * @param keepdims see {@link #keepdims}
   */
  public GlobalPoolingOptions {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataFormat, "dataFormat");
  }

  /**
   * Returns Keras's defaults: channels last, and the spatial dimensions go.
   *
   * @param name the layer's name
   * @return the options
   */
  public static GlobalPoolingOptions of(String name) {
    return new GlobalPoolingOptions(name, DataFormat.CHANNELS_LAST, false);
  }
}
