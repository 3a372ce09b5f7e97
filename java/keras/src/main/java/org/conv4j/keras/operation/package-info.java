/**
 * Readers of operations: from a call that Keras 3 recorded on symbolic tensors, or Keras 2 as a
 * function of TensorFlow, to the layer that computes it.
 */
package org.conv4j.keras.operation;
