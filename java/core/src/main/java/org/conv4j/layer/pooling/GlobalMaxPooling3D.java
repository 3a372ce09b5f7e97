package org.conv4j.layer.pooling;

import java.util.Objects;
import org.conv4j.function.ReductionKind;

/**
 * Keras's GlobalMaxPooling3D: the largest element of each channel, for {@code (batch, d1, d2, d3,
 * channels)}.
 *
 * @param options the arguments that all global pooling layers share
 */
public record GlobalMaxPooling3D(GlobalPoolingOptions options)
    implements BaseGlobalPooling<GlobalMaxPooling3D> {
  /**
   * Checks that nothing is null.
   *
   * @param options see {@link #options}
   */
  public GlobalMaxPooling3D {
    Objects.requireNonNull(options, "options");
  }

  /**
   * Returns a layer with Keras's defaults: channels last, and the spatial dimensions go.
   *
   * @return the layer
   */
  public static GlobalMaxPooling3D of() {
    return new GlobalMaxPooling3D(GlobalPoolingOptions.of("global_max_pooling3d"));
  }

  @Override
  public int rank() {
    return 3;
  }

  @Override
  public ReductionKind kind() {
    return ReductionKind.MAX;
  }

  @Override
  public GlobalMaxPooling3D withOptions(GlobalPoolingOptions options) {
    return new GlobalMaxPooling3D(options);
  }
}
