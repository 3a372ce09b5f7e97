/**
 * The files that hold whole Keras models: {@code .keras} archives, folders with {@code config.json}
 * and {@code model.weights.h5}, legacy {@code .h5} files and TensorFlow.js layers-models. Each
 * yields its configuration as JSON and its weights as Keras ordered them; nothing here knows what a
 * layer is. Files are not trusted: bad ones end in a typed exception, in bounded time and memory.
 */
package org.conv4j.keras.file;
