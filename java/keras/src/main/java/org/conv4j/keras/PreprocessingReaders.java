package org.conv4j.keras;

import org.conv4j.layer.preprocessing.Rescaling;

/** Reads Keras's layers that prepare numbers and images. */
final class PreprocessingReaders {
  private PreprocessingReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add(
        "Rescaling",
        (config, name) ->
            new Rescaling(name, config.reals("scale", null), config.reals("offset", 0.0)));
  }
}
