package org.conv4j.keras.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** An array. Not for several threads while one changes it. */
public final class ArrayNode extends JsonNode {
  private final List<JsonNode> elements = new ArrayList<>();

  /** Makes an empty array. */
  public ArrayNode() {}

  @Override
  public boolean isArray() {
    return true;
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public JsonNode get(int index) {
    return index >= 0 && index < elements.size() ? elements.get(index) : null;
  }

  @Override
  public Iterator<JsonNode> iterator() {
    return elements.iterator();
  }

  /** Adds an element, {@code null} for a Java null, and returns this array. */
  public ArrayNode add(JsonNode element) {
    elements.add(element == null ? NULL : element);
    return this;
  }

  /** Adds a string and returns this array. */
  public ArrayNode add(String text) {
    return add(of(text));
  }

  /** Adds a whole number and returns this array. */
  public ArrayNode add(long number) {
    return add(of(number));
  }

  /** Adds a number and returns this array. */
  public ArrayNode add(double number) {
    return add(of(number));
  }

  /** Adds {@code null} and returns this array. */
  public ArrayNode addNull() {
    return add(NULL);
  }

  /** Adds an empty array and returns that. */
  public ArrayNode addArray() {
    ArrayNode array = new ArrayNode();
    add(array);
    return array;
  }

  /** Adds an empty object and returns that. */
  public ObjectNode addObject() {
    ObjectNode object = new ObjectNode();
    add(object);
    return object;
  }

  /** Replaces an element that is there and returns what it was. */
  public JsonNode set(int index, JsonNode element) {
    return elements.set(index, element == null ? NULL : element);
  }

  /** Removes an element that is there and returns it. */
  public JsonNode remove(int index) {
    return elements.remove(index);
  }

  @Override
  public ArrayNode deepCopy() {
    ArrayNode copy = new ArrayNode();
    for (JsonNode element : elements) {
      copy.elements.add(element.deepCopy());
    }
    return copy;
  }

  @Override
  void write(JsonWriter writer) {
    writer.array(elements);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrayNode array && elements.equals(array.elements);
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }
}
