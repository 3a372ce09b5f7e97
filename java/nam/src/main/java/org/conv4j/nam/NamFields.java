package org.conv4j.nam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.json.JsonNode;

/** The fields of an object in a file, each of which must be what it is asked for as. */
record NamFields(JsonNode node, String source) {
  private static final int MOST = 1 << 20;

  static NamFields of(JsonNode node, String source) {
    return new NamFields(node, source);
  }

  MalformedFileException malformed(String what) {
    return new MalformedFileException("%s: %s.".formatted(source, what));
  }

  private JsonNode get(String name) {
    JsonNode found = node.get(name);
    if (found == null || found.isNull()) {
      throw malformed("'%s' is missing".formatted(name));
    }
    return found;
  }

  private MalformedFileException wrong(String name, String wanted) {
    return malformed("'%s' should be %s".formatted(name, wanted));
  }

  boolean has(String name) {
    JsonNode found = node.get(name);
    return found != null && !found.isNull();
  }

  String text(String name) {
    if (!get(name).isTextual()) {
      throw wrong(name, "a text");
    }
    return get(name).textValue();
  }

  double number(String name) {
    if (!get(name).isNumber() || !Double.isFinite(get(name).doubleValue())) {
      throw wrong(name, "a finite number");
    }
    return get(name).doubleValue();
  }

  /** A number of things, at least 1. */
  int count(String name) {
    return count(get(name), name);
  }

  private int count(JsonNode number, String name) {
    boolean fits = number.isInt() && number.intValue() >= 1 && number.intValue() <= MOST;
    if (!fits) {
      throw wrong(name, "a whole number from 1 to " + MOST);
    }
    return number.intValue();
  }

  List<Integer> counts(String name) {
    List<Integer> counts = new ArrayList<>();
    for (JsonNode number : array(name)) {
      counts.add(count(number, name));
    }
    return counts;
  }

  boolean flag(String name) {
    if (!get(name).isBoolean()) {
      throw wrong(name, "true or false");
    }
    return get(name).booleanValue();
  }

  NamFields object(String name) {
    if (!get(name).isObject()) {
      throw wrong(name, "an object");
    }
    return new NamFields(get(name), source);
  }

  JsonNode array(String name) {
    if (!get(name).isArray()) {
      throw wrong(name, "a list");
    }
    return get(name);
  }

  List<NamFields> objects(String name) {
    List<NamFields> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isObject()) {
        throw wrong(name, "a list of objects");
      }
      objects.add(new NamFields(element, source));
    }
    return objects;
  }

  /** What is not known here might change what a network computes, unless it is switched off. */
  void requireKnown(Set<String> known) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      boolean off = value.isNull() || value.isBoolean() && !value.booleanValue();
      if (!known.contains(field.getKey()) && !off) {
        throw malformed("'%s' is %s, which cannot be read".formatted(field.getKey(), brief(value)));
      }
    }
  }

  private static String brief(JsonNode value) {
    String text = value.toString();
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }

  /** Adds a field, if it is there and neither a list nor an object. */
  void put(String name, Map<String, String> texts) {
    if (has(name) && !get(name).isContainerNode()) {
      texts.put(name, get(name).asText());
    }
  }

  void putAll(Map<String, String> texts) {
    for (String name : node.names()) {
      put(name, texts);
    }
  }
}
