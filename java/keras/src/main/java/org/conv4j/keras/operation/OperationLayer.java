package org.conv4j.keras.operation;

import java.util.List;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.layer.Layer;

/**
 * What an operation on symbolic tensors amounts to.
 *
 * @param layer what computes it, constant operands included
 * @param inputs the operands that are tensors
 */
public record OperationLayer(Layer layer, List<TensorRef> inputs) {}
