package org.conv4j.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.keras.weights.VariableNames;
import org.conv4j.layer.Layer;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;

/**
 * A layer as a Keras configuration describes it. Immutable.
 *
 * @param layer the layer
 * @param dataType the type that Keras computes it with; float32 for half and mixed precision
 */
public record KerasLayer(Layer layer, DataType dataType) {

  /**
   * Picks this layer's weights from a set of named arrays. The names are Keras's variable names, as
   * in {@code layer.weights}: {@code kernel}, with or without the layer's name before it ({@code
   * conv2d/kernel}) and TensorFlow's {@code :0} behind it. A depthwise layer's kernel may also have
   * its name of Keras 2, {@code depthwise_kernel}.
   *
   * @param arrays arrays by name, of this layer alone
   * @return the weights, backed by the same tensors
   * @throws ShapeMismatchException if two arrays stand for the same variable
   */
  public Weights weights(Map<String, Tensor> arrays) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    arrays.forEach(
        (name, tensor) -> {
          if (weights.put(VariableNames.of(layer, name), tensor) != null) {
            throw new ShapeMismatchException(
                "Layer '%s' needs one weight %s; given are two, among %s."
                    .formatted(
                        layer.name(), VariableNames.of(layer, name), List.copyOf(arrays.keySet())));
          }
        });
    return Weights.of(weights);
  }
}
