package org.conv4j.keras.json;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * A value of a JSON document. Asking a value for what it does not have gives a value that says so,
 * not an exception: {@link #path} of a name that is not there is {@link #MISSING}, on which {@code
 * path} can go on. Objects and arrays change, and are for one thread at a time.
 */
public abstract sealed class JsonNode implements Iterable<JsonNode>
    permits ArrayNode, ObjectNode, ScalarNode {
  /** What {@code path} returns for a value that is not there. */
  public static final JsonNode MISSING = new ScalarNode(null);

  /** The literal {@code null}. */
  public static final JsonNode NULL = new ScalarNode(null);

  JsonNode() {}

  /** Makes the value of a Java string; null becomes {@link #NULL}. */
  public static JsonNode of(String text) {
    return text == null ? NULL : new ScalarNode(text);
  }

  /** Makes the value of a whole number. */
  public static JsonNode of(long number) {
    return new ScalarNode(number);
  }

  static JsonNode of(BigInteger number) {
    return new ScalarNode(number);
  }

  /** Makes the value of a number, which may be infinite or no number. */
  public static JsonNode of(double number) {
    return new ScalarNode(number);
  }

  /** Makes one of the literals {@code true} and {@code false}. */
  public static JsonNode of(boolean value) {
    return new ScalarNode(value);
  }

  /** Tells whether this is an object. */
  public boolean isObject() {
    return false;
  }

  /** Tells whether this is an array. */
  public boolean isArray() {
    return false;
  }

  /** Tells whether this is an object or an array. */
  public final boolean isContainerNode() {
    return isObject() || isArray();
  }

  /** Tells whether this is what {@link #path} returns for a value that is not there. */
  public final boolean isMissingNode() {
    return this == MISSING;
  }

  /** Tells whether this is the literal {@code null}. */
  public final boolean isNull() {
    return this == NULL;
  }

  /** Tells whether this is a string. */
  public boolean isTextual() {
    return false;
  }

  /** Tells whether this is {@code true} or {@code false}. */
  public boolean isBoolean() {
    return false;
  }

  /** Tells whether this is a number. */
  public boolean isNumber() {
    return false;
  }

  /** Tells whether this is a number that is written without fraction and exponent. */
  public boolean isIntegralNumber() {
    return false;
  }

  /** Tells whether this is a whole number that an {@code int} holds. */
  public final boolean isInt() {
    return isIntegralNumber() && canConvertToInt();
  }

  /** Tells whether this is a number between the least and the largest {@code int}. */
  public final boolean canConvertToInt() {
    return isNumber() && doubleValue() >= Integer.MIN_VALUE && doubleValue() <= Integer.MAX_VALUE;
  }

  /** Tells whether this is a number that a {@code long} holds, but for its fraction. */
  public boolean canConvertToLong() {
    return false;
  }

  /** The elements of an array, or the values of an object; 0 for others. */
  public int size() {
    return 0;
  }

  /** Tells whether {@link #size} is 0. */
  public final boolean isEmpty() {
    return size() == 0;
  }

  /** The value of a name in an object, or null. */
  public JsonNode get(String name) {
    return null;
  }

  /** An element of an array, or null. */
  public JsonNode get(int index) {
    return null;
  }

  /** The value of a name in an object, or {@link #MISSING}. */
  public final JsonNode path(String name) {
    JsonNode value = get(name);
    return value == null ? MISSING : value;
  }

  /** An element of an array, or {@link #MISSING}. */
  public final JsonNode path(int index) {
    JsonNode value = get(index);
    return value == null ? MISSING : value;
  }

  /** Tells whether this is an object that has a value of this name. */
  public final boolean has(String name) {
    return get(name) != null;
  }

  /** The first value of this name in this value or inside it, or null. */
  public final JsonNode findValue(String name) {
    JsonNode found = get(name);
    for (Iterator<JsonNode> inner = iterator(); found == null && inner.hasNext(); ) {
      found = inner.next().findValue(name);
    }
    return found;
  }

  /** Names and values of an object in the document's order; none for others. */
  public Set<Map.Entry<String, JsonNode>> properties() {
    return Set.of();
  }

  /** The names of an object in the document's order; none for others. */
  public Set<String> names() {
    return Set.of();
  }

  /** The elements of an array, or the values of an object; none for others. */
  @Override
  public Iterator<JsonNode> iterator() {
    return Collections.emptyIterator();
  }

  /** The content of a string, or null. */
  public String textValue() {
    return null;
  }

  /** A string's content, other scalars as JSON writes them, empty for containers and missing. */
  public String asText() {
    return "";
  }

  /** As {@link #asText()}, with a default for {@code null} and missing values. */
  public final String asText(String otherwise) {
    return isNull() || isMissingNode() ? otherwise : asText();
  }

  /** The value of a literal; false for all that is none. */
  public boolean booleanValue() {
    return false;
  }

  /** The value of a literal, or whether a number is not 0, or a default. */
  public final boolean asBoolean(boolean otherwise) {
    if (isNumber()) {
      return doubleValue() != 0;
    }
    return isBoolean() ? booleanValue() : otherwise;
  }

  /** The number as a {@code double}; 0 for all that is none. */
  public double doubleValue() {
    return 0;
  }

  /** The number as a {@code long}, as a cast has it; 0 for all that is none. */
  public long longValue() {
    return 0;
  }

  /** The number as an {@code int}, as a cast has it; 0 for all that is none. */
  public final int intValue() {
    return isIntegralNumber() ? (int) longValue() : (int) doubleValue();
  }

  /** The number, or a default for all that is none. */
  public final int asInt(int otherwise) {
    return isNumber() ? intValue() : otherwise;
  }

  /** The number, or a default for all that is none. */
  public final double asDouble(double otherwise) {
    return isNumber() ? doubleValue() : otherwise;
  }

  /** A value that equals this one, of which nothing changes with this one. */
  public abstract JsonNode deepCopy();

  abstract void write(JsonWriter writer);

  /** This value as JSON. */
  @Override
  public final String toString() {
    return JsonWriter.write(this);
  }
}
