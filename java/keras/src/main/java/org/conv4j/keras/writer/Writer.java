package org.conv4j.keras.writer;

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
}
