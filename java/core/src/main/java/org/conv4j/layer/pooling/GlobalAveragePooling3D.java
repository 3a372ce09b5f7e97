package org.conv4j.layer.pooling;

import java.util.Objects;
import org.conv4j.function.ReductionKind;

/**
 * Keras's GlobalAveragePooling3D: the mean of each channel, for {@code (batch, d1, d2, d3,
 * channels)}.
 *
 * @param options the arguments that all global pooling layers share
 */
public record GlobalAveragePooling3D(GlobalPoolingOptions options)
    implements BaseGlobalPooling<GlobalAveragePooling3D> {
  /**
   * Checks that nothing is null.
   *
   * @param options see {@link #options}
   */
  public GlobalAveragePooling3D {
    Objects.requireNonNull(options, "options");
  }

  /**
   * Returns a layer with Keras's defaults: channels last, and the spatial dimensions go.
   *
   * @return the layer
   */
  public static GlobalAveragePooling3D of() {
    return new GlobalAveragePooling3D(GlobalPoolingOptions.of("global_average_pooling3d"));
  }

  @Override
  public int rank() {
    return 3;
  }

  @Override
  public ReductionKind kind() {
    return ReductionKind.MEAN;
  }

  @Override
  public GlobalAveragePooling3D withOptions(GlobalPoolingOptions options) {
    return new GlobalAveragePooling3D(options);
  }
}
