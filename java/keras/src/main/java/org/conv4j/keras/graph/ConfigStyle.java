package org.conv4j.keras.graph;

import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.writer.Writer;

/** How each version of Keras writes configurations. */
public final class ConfigStyle {
  private static final String[] NAMES_OF_KERAS_1 = {
    "nb_filter", "border_mode", "dim_ordering", "output_dim", "subsample"
  };

  private ConfigStyle() {}

  /**
   * Tells a writer from how it writes configurations, for files that leave out the version.
   *
   * @param config a model or a layer, an object with {@code class_name} and {@code config}
   * @return the writer: Keras 3 says which module a class is from, Keras 1 has other names for
   *     arguments
   */
  public static Writer writer(JsonNode config) {
    if (config.has("module") || config.has("registered_name")) {
      return Writer.KERAS_3;
    }
    for (String name : NAMES_OF_KERAS_1) {
      if (config.findValue(name) != null) {
        return Writer.KERAS_1;
      }
    }
    return Writer.KERAS_2;
  }
}
