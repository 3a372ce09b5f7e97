/**
 * Readers of layers: from a configuration of Keras, of any version, to the layer, and to where
 * files keep its weights. One layer at a time; what it is called with is {@code model}'s to know.
 */
package org.conv4j.keras.layer;
