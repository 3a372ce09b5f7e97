package org.conv4j.keras.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What wrote a model. Some layers are defined differently by each, and a model is answered as its
 * writer answers.
 */
public enum Writer {
  /** Keras 1, on Theano or TensorFlow. */
  KERAS_1,
  /** Keras 2, alone, as {@code tf.keras} or as {@code tf_keras}. */
  KERAS_2,
  /** Keras 3. */
  KERAS_3,
  /** TensorFlow.js itself; what its converter makes of a model of Keras is Keras's. */
  TFJS;

  private static final String[] NAMES_OF_KERAS_1 = {
    "nb_filter", "border_mode", "dim_ordering", "output_dim", "subsample"
  };

  /**
   * Names the writer for people.
   *
   * @param version what {@link #ofVersion} is given, if it is known
   * @return for example {@code Keras 3.15.1}
   */
  public String withVersion(Optional<String> version) {
    String name =
        switch (this) {
          case KERAS_1 -> "Keras 1";
          case KERAS_2 -> "Keras 2";
          case KERAS_3 -> "Keras 3";
          case TFJS -> "TensorFlow.js";
        };
    if (version.isEmpty()) {
      return name;
    }
    String number = version.get().substring(version.get().lastIndexOf(' ') + 1);
    return name.split(" ")[0] + " " + number;
  }

  /**
   * Tells a writer from the version that it leaves in a file.
   *
   * @param version for example {@code 3.15.1} or {@code tfjs-layers 4.22.0}; may be null
   * @return the writer, if there is a version
   */
  public static Optional<Writer> ofVersion(String version) {
    if (version == null || version.isEmpty()) {
      return Optional.empty();
    }
    if (version.startsWith("tfjs")) {
      return Optional.of(TFJS);
    }
    if (version.startsWith("1.") || version.startsWith("0.")) {
      return Optional.of(KERAS_1);
    }
    return Optional.of(version.startsWith("2.") ? KERAS_2 : KERAS_3);
  }

  /**
   * Tells a writer from how it writes configurations, for files that leave out the version.
   *
   * @param config a model or a layer, an object with {@code class_name} and {@code config}
   * @return the writer: Keras 3 says which module a class is from, Keras 1 has other names for
   *     arguments
   */
  public static Writer ofConfig(JsonNode config) {
    if (config.has("module") || config.has("registered_name")) {
      return KERAS_3;
    }
    for (String name : NAMES_OF_KERAS_1) {
      if (config.findValue(name) != null) {
        return KERAS_1;
      }
    }
    return KERAS_2;
  }
}
