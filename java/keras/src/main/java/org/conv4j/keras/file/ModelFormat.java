package org.conv4j.keras.file;

/** The kinds of files that hold whole Keras models. */
public enum ModelFormat {
  /** Keras 3: a {@code .keras} archive. */
  KERAS_ARCHIVE,
  /** A configuration and its weights in files of their own. */
  CONFIG_AND_WEIGHTS,
  /** Keras 1 to 3: one HDF5 file, configuration included. */
  LEGACY_HDF5,
  /** TensorFlow.js: {@code model.json} and the binary files that it names. */
  TFJS_LAYERS
}
