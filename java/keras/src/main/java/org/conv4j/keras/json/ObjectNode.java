package org.conv4j.keras.json;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An object, in the order of the document. Not for several threads while one changes it. */
public final class ObjectNode extends JsonNode {
  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  /** Makes an empty object. */
  public ObjectNode() {}

  @Override
  public boolean isObject() {
    return true;
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public JsonNode get(String name) {
    return values.get(name);
  }

  @Override
  public Iterator<JsonNode> iterator() {
    return values.values().iterator();
  }

  @Override
  public Set<Map.Entry<String, JsonNode>> properties() {
    return values.entrySet();
  }

  @Override
  public Set<String> names() {
    return values.keySet();
  }

  /** Sets a value, {@code null} for a Java null, and returns what it was, or null. */
  public JsonNode replace(String name, JsonNode value) {
    return values.put(name, value == null ? NULL : value);
  }

  /** Sets a value, {@code null} for a Java null, and returns this object. */
  public ObjectNode set(String name, JsonNode value) {
    replace(name, value);
    return this;
  }

  /** Sets a string and returns this object. */
  public ObjectNode put(String name, String text) {
    return set(name, of(text));
  }

  /** Sets a whole number and returns this object. */
  public ObjectNode put(String name, long number) {
    return set(name, of(number));
  }

  /** Sets a number and returns this object. */
  public ObjectNode put(String name, double number) {
    return set(name, of(number));
  }

  /** Sets a literal and returns this object. */
  public ObjectNode put(String name, boolean value) {
    return set(name, of(value));
  }

  /** Sets {@code null} and returns this object. */
  public ObjectNode putNull(String name) {
    return set(name, NULL);
  }

  /** Sets an empty array and returns that. */
  public ArrayNode putArray(String name) {
    ArrayNode array = new ArrayNode();
    set(name, array);
    return array;
  }

  /** Sets an empty object and returns that. */
  public ObjectNode putObject(String name) {
    ObjectNode object = new ObjectNode();
    set(name, object);
    return object;
  }

  /** Removes a value and returns it, or null. */
  public JsonNode remove(String name) {
    return values.remove(name);
  }

  /** Removes those of some values that are there, and returns this object. */
  public ObjectNode remove(Collection<String> names) {
    names.forEach(values::remove);
    return this;
  }

  @Override
  public ObjectNode deepCopy() {
    ObjectNode copy = new ObjectNode();
    for (Map.Entry<String, JsonNode> entry : values.entrySet()) {
      copy.values.put(entry.getKey(), entry.getValue().deepCopy());
    }
    return copy;
  }

  @Override
  void write(JsonWriter writer) {
    writer.object(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectNode object && values.equals(object.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
