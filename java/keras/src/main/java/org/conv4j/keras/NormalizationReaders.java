package org.conv4j.keras;

import org.conv4j.layer.Layer;
import org.conv4j.layer.normalization.BatchNormalization;
import org.conv4j.shape.IntTuple;

/** Reads Keras's normalization layers. */
final class NormalizationReaders {
  private NormalizationReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add("BatchNormalization", NormalizationReaders::batch, "SyncBatchNormalization");
  }

  private static Layer batch(Config config, String name) {
    if (config.flag("renorm", false)) {
      throw config.invalid("renorm", "false", true);
    }
    config.ignore("momentum", "synchronized", "renorm_clipping", "renorm_momentum");
    config.ignoreVariables("beta", "gamma", "moving_mean", "moving_variance");
    return new BatchNormalization(
        name,
        single(config, "axis"),
        config.real("epsilon", 1e-3),
        config.flag("center", true),
        config.flag("scale", true));
  }

  /** Keras 2 wrote a list of one. */
  private static int single(Config config, String argument) {
    IntTuple axes = config.axes(argument, IntTuple.of(-1));
    if (axes.size() != 1) {
      throw config.invalid(argument, "one axis", axes);
    }
    return axes.get(0);
  }
}
