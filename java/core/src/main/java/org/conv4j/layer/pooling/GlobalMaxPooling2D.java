package org.conv4j.layer.pooling;

import java.util.Objects;
import org.conv4j.function.ReductionKind;

/**
 * Keras's GlobalMaxPooling2D: the largest element of each channel, for {@code (batch, height,
 * width, channels)}.
 *
 * @param options the arguments that all global pooling layers share
 */
public record GlobalMaxPooling2D(GlobalPoolingOptions options)
    implements BaseGlobalPooling<GlobalMaxPooling2D> {
  /**
   * Checks that nothing is null.
   *
   * @param options see {@link #options}
   */
  public GlobalMaxPooling2D {
    Objects.requireNonNull(options, "options");
  }

  /**
   * Returns a layer with Keras's defaults: channels last, and the spatial dimensions go.
   *
   * @return the layer
   */
  public static GlobalMaxPooling2D of() {
    return new GlobalMaxPooling2D(GlobalPoolingOptions.of("global_max_pooling2d"));
  }

  @Override
  public int rank() {
    return 2;
  }

  @Override
  public ReductionKind kind() {
    return ReductionKind.MAX;
  }

  @Override
  public GlobalMaxPooling2D withOptions(GlobalPoolingOptions options) {
    return new GlobalMaxPooling2D(options);
  }
}
