package org.conv4j.layer.pooling;

import java.util.Objects;
import org.conv4j.function.ReductionKind;

/**
 * Keras's GlobalAveragePooling2D: the mean of each channel, for {@code (batch, height, width,
 * channels)}.
 *
 * @param options the arguments that all global pooling layers share
 */
public record GlobalAveragePooling2D(GlobalPoolingOptions options)
    implements BaseGlobalPooling<GlobalAveragePooling2D> {
  /**
   * Checks that nothing is null.
   *
   * @param options see {@link #options}
   */
  public GlobalAveragePooling2D {
    Objects.requireNonNull(options, "options");
  }

  /**
   * Returns a layer with Keras's defaults: channels last, and the spatial dimensions go.
   *
   * @return the layer
   */
  public static GlobalAveragePooling2D of() {
    return new GlobalAveragePooling2D(GlobalPoolingOptions.of("global_average_pooling2d"));
  }

  @Override
  public int rank() {
    return 2;
  }

  @Override
  public ReductionKind kind() {
    return ReductionKind.MEAN;
  }

  @Override
  public GlobalAveragePooling2D withOptions(GlobalPoolingOptions options) {
    return new GlobalAveragePooling2D(options);
  }
}
