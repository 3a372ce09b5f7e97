package org.conv4j.keras.json;

import java.util.List;
import java.util.Map;

/** Writes one value as compact JSON; infinite numbers by name, as Python does. */
final class JsonWriter {
  private static final String HEX = "0123456789ABCDEF";

  private final StringBuilder json = new StringBuilder();

  private JsonWriter() {}

  static String write(JsonNode node) {
    JsonWriter writer = new JsonWriter();
    node.write(writer);
    return writer.json.toString();
  }

  void literal(String text) {
    json.append(text);
  }

  void text(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    json.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"', '\\' -> json.append('\\').append(c);
      case '\b' -> json.append("\\b");
      case '\f' -> json.append("\\f");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> {
        if (c < ' ') {
          json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
          json.append(c);
        }
      }
    }
  }

  void array(List<JsonNode> elements) {
    json.append('[');
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      elements.get(i).write(this);
    }
    json.append(']');
  }

  void object(Map<String, JsonNode> values) {
    json.append('{');
    String between = "";
    for (Map.Entry<String, JsonNode> entry : values.entrySet()) {
      json.append(between);
      text(entry.getKey());
      json.append(':');
      entry.getValue().write(this);
      between = ",";
    }
    json.append('}');
  }
}
