package org.conv4j.keras.layer;

import org.conv4j.layer.Layer;
import org.conv4j.layer.applications.CustomScaleLayer;
import org.conv4j.layer.applications.LayerScale;
import org.conv4j.layer.core.Identity;

/** Reads the layers that the models of {@code keras.applications} bring with them. */
final class ApplicationReaders implements ClassReader {
  private ApplicationReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add(new ApplicationReaders(), "CustomScaleLayer", "LayerScale", "StochasticDepth");
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "CustomScaleLayer" -> new CustomScaleLayer(name, config.real("scale"));
      case "LayerScale" -> layerScale(config, name);
      case "StochasticDepth" -> stochasticDepth(config, name);
      default -> throw new AssertionError(className);
    };
  }

  private static Layer layerScale(Config config, String name) {
    config.ignore("init_values");
    return new LayerScale(name, config.number("projection_dim"));
  }

  /** Leaves out blocks at random while a model is trained. */
  private static Layer stochasticDepth(Config config, String name) {
    config.ignore("drop_path_rate");
    return new Identity(name, "StochasticDepth");
  }
}
