/**
 * The configurations of whole Keras models, of Keras 3 and of older versions, as one structure:
 * layers, their calls, and which tensor goes where. Nothing here knows what a layer computes.
 */
package org.conv4j.keras.graph;
