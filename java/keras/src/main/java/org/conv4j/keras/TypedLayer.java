package org.conv4j.keras;

import org.conv4j.layer.Layer;
import org.conv4j.tensor.DataType;

/**
 * A layer that was read from a configuration.
 *
 * @param layer the layer
 * @param dataType the type that Keras computes it with; float32 for half and mixed precision
 */
record TypedLayer(Layer layer, DataType dataType) {}
