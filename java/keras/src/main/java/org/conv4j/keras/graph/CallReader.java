package org.conv4j.keras.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;

/**
 * Reads the calls of a layer of a functional model.
 *
 * <p>Keras 3 writes an object with {@code args} and {@code kwargs}. Older versions write the first
 * argument only, each tensor as {@code ["layer", call, output, kwargs]} with the same keyword
 * arguments behind each; a constant as {@code ["_CONSTANT_VALUE", -1, value, kwargs]}.
 */
final class CallReader {
  private static final String CONSTANT = "_CONSTANT_VALUE";
  private static final String TRAINING = "training";
  private final ModelConfigReader model;
  private final Set<String> layers;

  /**
   * Makes a reader.
   *
   * @param layers the names of all layers of the model, by which tensors are told from lists
   */
  CallReader(ModelConfigReader model, Set<String> layers) {
    this.model = model;
    this.layers = layers;
  }

  static boolean isOld(JsonNode call) {
    return call.isArray();
  }

  LayerCall read(String layer, JsonNode call) {
    if (isOld(call)) {
      return readOld(layer, call);
    }
    JsonNode arguments = call.path("args");
    JsonNode keywords = call.path("kwargs");
    if (!arguments.isArray() || !keywords.isObject()) {
      throw malformed(layer, call);
    }
    List<JsonNode> positional = new ArrayList<>();
    for (JsonNode argument : arguments) {
      positional.add(argument);
    }
    Map<String, JsonNode> named = fields(keywords);
    // What predict passes on takes the place of what Keras 3 recorded, often only a default.
    if (named.getOrDefault(TRAINING, JsonNode.NULL).isBoolean()) {
      named.remove(TRAINING);
    }
    return new LayerCall(positional, named);
  }

  private LayerCall readOld(String layer, JsonNode call) {
    Map<String, JsonNode> keywords = new TreeMap<>();
    JsonNode first = first(layer, call, keywords);
    boolean alone = first.isArray() && first.size() == 1 && TensorRef.of(first.get(0)).isPresent();
    return new LayerCall(List.of(alone ? first.get(0) : first), keywords);
  }

  /** The first argument; the keyword arguments are gathered on the way. */
  private JsonNode first(String layer, JsonNode node, Map<String, JsonNode> keywords) {
    if (isEntry(node)) {
      if (node.size() == 4) {
        fields(node.get(3)).forEach((name, value) -> keywords.put(name, value(value)));
      }
      boolean constant = node.get(0).textValue().equals(CONSTANT);
      return constant ? value(node.get(2)) : TensorRef.read(node).toJson();
    }
    if (node.isArray()) {
      ArrayNode list = new ArrayNode();
      node.forEach(element -> list.add(first(layer, element, keywords)));
      return list;
    }
    if (node.isObject()) {
      ObjectNode object = new ObjectNode();
      fields(node).forEach((name, element) -> object.set(name, first(layer, element, keywords)));
      return object;
    }
    throw malformed(layer, node);
  }

  private static boolean isEntry(JsonNode node) {
    boolean constant = node.isArray() && node.size() >= 3 && node.get(0).asText().equals(CONSTANT);
    return constant || TensorRef.isReference(node, 3) || isWithKeywords(node);
  }

  private static boolean isWithKeywords(JsonNode node) {
    return TensorRef.isReference(node, 4) && node.get(3).isObject();
  }

  /** A keyword argument of older versions in the form of Keras 3. */
  private JsonNode value(JsonNode node) {
    if (TensorRef.isReference(node, 3) && layers.contains(node.get(0).textValue())) {
      return TensorRef.read(node).toJson();
    }
    if (node.isArray()) {
      ArrayNode list = new ArrayNode();
      node.forEach(element -> list.add(value(element)));
      return list;
    }
    if (node.isObject() && node.has("start") && node.has("stop")) {
      ObjectNode slice = new ObjectNode().put("class_name", "__slice__");
      slice.set("config", node);
      return slice;
    }
    return node;
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    Map<String, JsonNode> fields = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      fields.put(entry.getKey(), entry.getValue());
    }
    return fields;
  }

  private RuntimeException malformed(String layer, JsonNode call) {
    String text = call.toString();
    return model.malformed(
        "layer '%s' has the illegal call %s"
            .formatted(layer, text.length() > 200 ? text.substring(0, 200) + "..." : text));
  }
}
