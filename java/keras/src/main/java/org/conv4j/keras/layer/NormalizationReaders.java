package org.conv4j.keras.layer;

import org.conv4j.layer.Layer;
import org.conv4j.layer.normalization.BatchNormalization;
import org.conv4j.layer.normalization.GroupNormalization;
import org.conv4j.layer.normalization.LayerNormalization;
import org.conv4j.layer.normalization.RMSNormalization;
import org.conv4j.layer.normalization.UnitNormalization;
import org.conv4j.shape.IntTuple;

/** Reads Keras's normalization layers. */
final class NormalizationReaders implements ClassReader {
  private static final IntTuple LAST_AXIS = IntTuple.of(-1);

  private NormalizationReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add(
        new NormalizationReaders(),
        "BatchNormalization",
        "LayerNormalization",
        "GroupNormalization",
        "RMSNormalization",
        "UnitNormalization");
    classes.addAlias("SyncBatchNormalization", "BatchNormalization");
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "BatchNormalization" -> batch(config, name);
      case "LayerNormalization" -> layer(config, name);
      case "GroupNormalization" -> group(config, name);
      case "RMSNormalization" ->
          new RMSNormalization(name, config.axes("axis", LAST_AXIS), config.real("epsilon", 1e-6));
      case "UnitNormalization" -> new UnitNormalization(name, config.axes("axis", LAST_AXIS));
      default -> throw new AssertionError(className);
    };
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

  private static Layer layer(Config config, String name) {
    config.ignoreVariables("beta", "gamma");
    return new LayerNormalization(
        name,
        config.axes("axis", LAST_AXIS),
        config.real("epsilon", 1e-3),
        config.flag("center", true),
        config.flag("scale", true),
        config.flag("rms_scaling", false));
  }

  private static Layer group(Config config, String name) {
    config.ignoreVariables("beta", "gamma");
    return new GroupNormalization(
        name,
        config.number("groups", 32),
        single(config, "axis"),
        config.real("epsilon", 1e-3),
        config.flag("center", true),
        config.flag("scale", true));
  }

  /** Keras 2 wrote a list of one. */
  private static int single(Config config, String argument) {
    IntTuple axes = config.axes(argument, LAST_AXIS);
    if (axes.size() != 1) {
      throw config.invalid(argument, "one axis", axes);
    }
    return axes.get(0);
  }
}
