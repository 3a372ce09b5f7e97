package org.conv4j.keras.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    arguments.forEach(argument -> collect(argument, tensors));
    keywords.values().forEach(argument -> collect(argument, tensors));
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
    TensorRef.of(node)
        .ifPresentOrElse(
            tensors::add,
            () -> {
              if (node.isArray()) {
                node.forEach(element -> collect(element, tensors));
              } else if (node.isObject()) {
                Map<String, JsonNode> sorted = new TreeMap<>();
                node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
                sorted.values().forEach(element -> collect(element, tensors));
              }
            });
  }
}
