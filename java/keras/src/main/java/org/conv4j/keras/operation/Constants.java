package org.conv4j.keras.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** Reads the constant operands of operations: numbers, and lists of them to any depth. */
final class Constants {
  private static final Set<String> ARRAYS = Set.of("__numpy__", "__tensor__");

  private Constants() {}

  static Constant read(JsonNode node, String layer) {
    boolean array = ARRAYS.contains(node.path("class_name").asText());
    JsonNode value = array ? node.path("config").path("value") : node;
    List<Long> dims = new ArrayList<>();
    for (JsonNode inner = value; inner.isArray(); inner = inner.path(0)) {
      dims.add((long) inner.size());
    }
    if (dims.contains(0L)) {
      throw illegal(layer);
    }
    Shape shape = Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
    DoubleStream.Builder elements = DoubleStream.builder();
    collect(value, dims, 0, elements, layer);
    double[] all = elements.build().toArray();
    return Constant.of(shape, all);
  }

  /** Recursive; the parser of the document bounds the depth. */
  private static void collect(
      JsonNode node, List<Long> dims, int axis, DoubleStream.Builder elements, String layer) {
    if (axis < dims.size()) {
      if (!node.isArray() || node.size() != dims.get(axis)) {
        throw illegal(layer);
      }
      node.forEach(element -> collect(element, dims, axis + 1, elements, layer));
    } else if (node.isNumber()) {
      elements.add(node.doubleValue());
    } else if (node.isBoolean()) {
      elements.add(node.booleanValue() ? 1 : 0);
    } else {
      throw illegal(layer);
    }
  }

  private static InvalidLayerException illegal(String layer) {
    return new InvalidLayerException(
        "Layer '%s' is called with an operand that is neither a tensor nor numbers."
            .formatted(layer));
  }
}
