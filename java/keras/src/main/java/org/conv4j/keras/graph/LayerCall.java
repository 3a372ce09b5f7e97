package org.conv4j.keras.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.conv4j.keras.json.JsonNode;

/**
 * One call of a layer, with its arguments in Keras 3's form.
 *
 * @param arguments the positional arguments
 * @param keywords the arguments by name
 */
public record LayerCall(List<JsonNode> arguments, Map<String, JsonNode> keywords) {
  /**
   * Copies the collections.
   *
   * @param arguments see {@link #arguments}
   * @param keywords see {@link #keywords}
   */
  public LayerCall {
    arguments = List.copyOf(arguments);
    keywords = Map.copyOf(keywords);
  }

  /**
   * Returns all tensors among the arguments.
   *
   * @return the tensors, in no particular order
   */
  public List<TensorRef> tensors() {
    List<TensorRef> tensors = new ArrayList<>();
    for (JsonNode argument : arguments) {
      collect(argument, tensors);
    }
    for (JsonNode argument : keywords.values()) {
      collect(argument, tensors);
    }
    return tensors;
  }

  /**
   * Returns the tensors in a structure, as Keras flattens it: dictionaries by their sorted keys.
   *
   * @param structure an argument
   * @return the tensors in their order
   */
  public static List<TensorRef> flatten(JsonNode structure) {
    List<TensorRef> tensors = new ArrayList<>();
    collect(structure, tensors);
    return tensors;
  }

  /** Recursive; the parser of the document bounds the depth. */
  private static void collect(JsonNode node, List<TensorRef> tensors) {
    Optional<TensorRef> tensor = TensorRef.of(node);
    if (tensor.isPresent()) {
      tensors.add(tensor.get());
    } else if (node.isArray()) {
      for (JsonNode element : node) {
        collect(element, tensors);
      }
    } else if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        sorted.put(entry.getKey(), entry.getValue());
      }
      for (JsonNode element : sorted.values()) {
        collect(element, tensors);
      }
    }
  }
}
