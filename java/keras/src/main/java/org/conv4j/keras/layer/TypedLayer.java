package org.conv4j.keras.layer;

import org.conv4j.layer.Layer;
import org.conv4j.tensor.DataType;

/**
 * A layer that was read from a configuration.
 *
 * @param layer the layer
 * @param dataType the type that Keras computes it with; float32 for half and mixed precision
 */
public record TypedLayer(Layer layer, DataType dataType) {}
