package org.conv4j.layer.pooling;

import java.util.Objects;
import org.conv4j.function.ReductionKind;

/**
 * Keras's GlobalMaxPooling1D: the largest element of each channel, for {@code (batch, steps,
 * channels)}.
 *
 * @param options the arguments that all global pooling layers share
 */
public record GlobalMaxPooling1D(GlobalPoolingOptions options)
    implements BaseGlobalPooling<GlobalMaxPooling1D> {
  /**
   * Checks that nothing is null.
   *
   * @param options see {@link #options}
   */
  public GlobalMaxPooling1D {
    Objects.requireNonNull(options, "options");
  }

  /**
   * Returns a layer with Keras's defaults: channels last, and the spatial dimensions go.
   *
   * @return the layer
   */
  public static GlobalMaxPooling1D of() {
    return new GlobalMaxPooling1D(GlobalPoolingOptions.of("global_max_pooling1d"));
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public ReductionKind kind() {
    return ReductionKind.MAX;
  }

  @Override
  public GlobalMaxPooling1D withOptions(GlobalPoolingOptions options) {
    return new GlobalMaxPooling1D(options);
  }
}
