package org.conv4j.keras.graph;

import java.util.Optional;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;

/**
 * A symbolic tensor of a model: what a call of a layer returned.
 *
 * @param layer the layer's name
 * @param call which of the layer's calls, counted from 0
 * @param output which of the call's outputs, counted from 0
 */
public record TensorRef(String layer, int call, int output) {
  private static final String CLASS_NAME = "class_name";
  private static final String TENSOR = "__keras_tensor__";
  private static final String CONFIG = "config";
  private static final String HISTORY = "keras_history";

  /**
   * Reads Keras 3's form of a symbolic tensor.
   *
   * @param node any node
   * @return the tensor, if it is one
   */
  public static Optional<TensorRef> of(JsonNode node) {
    if (!node.path(CLASS_NAME).asText().equals(TENSOR)) {
      return Optional.empty();
    }
    JsonNode history = node.path(CONFIG).path(HISTORY);
    return isReference(history, 3) ? Optional.of(read(history)) : Optional.empty();
  }

  /** Whether a node starts like {@code ["conv", 0, 0]} and has some size. */
  static boolean isReference(JsonNode node, int size) {
    return node.isArray()
        && node.size() == size
        && node.get(0).isTextual()
        && node.get(1).canConvertToInt()
        && node.get(1).isIntegralNumber()
        && node.get(2).canConvertToInt()
        && node.get(2).isIntegralNumber();
  }

  static TensorRef read(JsonNode reference) {
    return new TensorRef(
        reference.get(0).textValue(), reference.get(1).intValue(), reference.get(2).intValue());
  }

  /** Writes Keras 3's form. */
  ObjectNode toJson() {
    ArrayNode history = new ArrayNode().add(layer).add(call).add(output);
    ObjectNode tensor = new ObjectNode().put(CLASS_NAME, TENSOR);
    tensor.putObject(CONFIG).set(HISTORY, history);
    return tensor;
  }

  /** Writes Keras 3's form of another tensor with this one's history. */
  ObjectNode replaceIn(JsonNode tensor) {
    ObjectNode changed = (ObjectNode) tensor.deepCopy();
    ((ObjectNode) changed.get(CONFIG)).set(HISTORY, toJson().get(CONFIG).get(HISTORY));
    return changed;
  }

  /** Written out: the first record whose methods Java generates delays the start. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TensorRef tensor
        && tensor.call == call
        && tensor.output == output
        && tensor.layer.equals(layer);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * layer.hashCode() + call) + output;
  }

  @Override
  public String toString() {
    return "%s[%d][%d]".formatted(layer, call, output);
  }
}
