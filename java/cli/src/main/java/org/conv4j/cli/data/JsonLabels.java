package org.conv4j.cli.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.MalformedFileException;

/**
 * Labels as JSON: an array of names, or an object from class numbers to names. In Keras's {@code
 * imagenet_class_index.json} a class has an identifier before its name.
 */
final class JsonLabels {
  /** A repeated number would silently lose a name. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String source;

  private JsonLabels(String source) {
    this.source = source;
  }

  /**
   * Reads names.
   *
   * @param text the JSON
   * @param source what messages call it
   * @return the name of each class, in the order of their numbers
   * @throws MalformedFileException if it is none of the two, or a class has no name
   */
  static List<String> parse(String text, String source) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new MalformedFileException(
          source + " is no legal JSON: " + malformed.getOriginalMessage() + ".", malformed);
    }
    if (!root.isArray() && !root.isObject()) {
      throw new MalformedFileException(
          source
              + " must hold an array of names or an object such as {\"0\": \"tench\"}; it holds "
              + kind(root)
              + ".");
    }
    return new JsonLabels(source).names(root);
  }

  private List<String> names(JsonNode root) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < root.size(); i++) {
      JsonNode value = root.isArray() ? root.get(i) : root.get(Integer.toString(i));
      if (value == null) {
        throw new MalformedFileException(
            "%s has %d labels, but none for class %d.".formatted(source, root.size(), i));
      }
      names.add(name(value, i));
    }
    return names;
  }

  /** A string, or the last of an array of them. */
  private String name(JsonNode value, int index) {
    JsonNode name = value.isArray() && !value.isEmpty() ? value.get(value.size() - 1) : value;
    if (!name.isTextual()) {
      throw new MalformedFileException(
          "%s: the label of class %d must be a string; given %s."
              .formatted(source, index, kind(name)));
    }
    return name.textValue().strip();
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case MISSING -> "nothing";
      default -> node.toString();
    };
  }
}
