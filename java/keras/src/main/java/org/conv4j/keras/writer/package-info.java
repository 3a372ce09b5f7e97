/**
 * What wrote a model, because Keras 1, 2 and 3 and TensorFlow.js define some layers differently.
 * How files and configurations tell it is theirs.
 */
package org.conv4j.keras.writer;
