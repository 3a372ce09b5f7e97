package org.conv4j.layer.pooling;

import java.util.Objects;
import org.conv4j.function.ReductionKind;

/**
 * Keras's GlobalAveragePooling1D: the mean of each channel, for {@code (batch, steps, channels)}.
 *
 * @param options the arguments that all global pooling layers share
 */
public record GlobalAveragePooling1D(GlobalPoolingOptions options)
    implements BaseGlobalPooling<GlobalAveragePooling1D> {
  /**
   * Checks that nothing is null.
   *
   * @param options see {@link #options}
   */
  public GlobalAveragePooling1D {
    Objects.requireNonNull(options, "options");
  }

  /**
   * Returns a layer with Keras's defaults: channels last, and the spatial dimensions go.
   *
   * @return the layer
   */
  public static GlobalAveragePooling1D of() {
    return new GlobalAveragePooling1D(GlobalPoolingOptions.of("global_average_pooling1d"));
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public ReductionKind kind() {
    return ReductionKind.MEAN;
  }

  @Override
  public GlobalAveragePooling1D withOptions(GlobalPoolingOptions options) {
    return new GlobalAveragePooling1D(options);
  }
}
