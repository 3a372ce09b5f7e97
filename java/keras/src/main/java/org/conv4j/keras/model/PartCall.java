package org.conv4j.keras.model;

import java.util.List;
import java.util.Map;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.layer.Layer;

/**
 * One call of a part.
 *
 * @param part what is called
 * @param number which of its calls, counted from 0
 * @param inputs the tensors that it takes
 * @param masked whether the last of them is a mask
 * @param outputs for an operation, what computes each of its outputs that is used; else empty
 */
record PartCall(
    Part part, int number, List<TensorRef> inputs, boolean masked, Map<Integer, Layer> outputs) {
  TensorRef output(int index) {
    return new TensorRef(part.name(), number, index);
  }
}
