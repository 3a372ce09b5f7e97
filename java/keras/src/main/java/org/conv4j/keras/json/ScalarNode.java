package org.conv4j.keras.json;

import java.math.BigInteger;
import java.util.Objects;

/** A string, number or literal. Immutable. */
final class ScalarNode extends JsonNode {
  /** A String, Long, BigInteger, Double or Boolean; null in the two constants without a value. */
  private final Object value;

  ScalarNode(Object value) {
    this.value = value;
  }

  @Override
  public boolean isTextual() {
    return value instanceof String;
  }

  @Override
  public boolean isBoolean() {
    return value instanceof Boolean;
  }

  @Override
  public boolean isNumber() {
    return value instanceof Number;
  }

  @Override
  public boolean isIntegralNumber() {
    return value instanceof Long || value instanceof BigInteger;
  }

  @Override
  public boolean canConvertToLong() {
    return value instanceof Long
        || value instanceof Double number && number >= Long.MIN_VALUE && number < 0x1p63;
  }

  @Override
  public String textValue() {
    return value instanceof String text ? text : null;
  }

  @Override
  public String asText() {
    return isMissingNode() ? "" : String.valueOf(value);
  }

  @Override
  public boolean booleanValue() {
    return value instanceof Boolean literal && literal;
  }

  @Override
  public double doubleValue() {
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  @Override
  public long longValue() {
    return value instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public JsonNode deepCopy() {
    return this;
  }

  @Override
  void write(JsonWriter writer) {
    if (value instanceof String text) {
      writer.text(text);
    } else {
      writer.literal(asText());
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || value != null && other instanceof ScalarNode scalar && value.equals(scalar.value);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(value);
  }
}
