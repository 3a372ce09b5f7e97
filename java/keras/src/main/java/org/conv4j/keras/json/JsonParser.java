package org.conv4j.keras.json;

import java.math.BigInteger;
import org.conv4j.error.MalformedFileException;

/**
 * Parses one document by RFC 8259, and the names that Python gives to infinite numbers and to what
 * is no number. Depth, values and the digits of a number are bounded, and no name may be there
 * twice in an object, because readers would differ in which of the two they take.
 */
final class JsonParser {
  private static final int MAX_DEPTH = 100;

  /** A megabyte of configuration has about 60000 values; each takes a hundred bytes or so. */
  private static final int MAX_VALUES = 1 << 20;

  /** Converting a number takes time that grows with the square of its digits. */
  private static final int MAX_DIGITS = 1000;

  /** So many digits are less than the largest long, whatever they are. */
  private static final int DIGITS_OF_LONG = 18;

  private final String json;
  private final String source;
  private int at;
  private int depth;
  private int values;

  JsonParser(String json, String source) {
    this.json = json;
    this.source = source;
  }

  /** The document, which must be one value and nothing behind it. */
  JsonNode document() {
    skipSpace();
    if (at == json.length() || json.charAt(at) != '{') {
      throw new MalformedFileException(source + " holds no JSON object.");
    }
    JsonNode value = value();
    skipSpace();
    if (at < json.length()) {
      throw new MalformedFileException(source + " goes on after its JSON object.");
    }
    return value;
  }

  private JsonNode value() {
    if (++values > MAX_VALUES) {
      throw new MalformedFileException(
          source + " has more than " + MAX_VALUES + " values in its JSON.");
    }
    switch (peek()) {
      case '{':
        return object();
      case '[':
        return array();
      case '"':
        return JsonNode.of(string());
      case 't':
        return literal("true", JsonNode.of(true));
      case 'f':
        return literal("false", JsonNode.of(false));
      case 'n':
        return literal("null", JsonNode.NULL);
      case 'N':
        return literal("NaN", JsonNode.of(Double.NaN));
      case 'I':
        return literal("Infinity", JsonNode.of(Double.POSITIVE_INFINITY));
      default:
        return number();
    }
  }

  private JsonNode object() {
    enter();
    ObjectNode object = new ObjectNode();
    if (next('}')) {
      return leave(object);
    }
    do {
      skipSpace();
      if (peek() != '"') {
        throw malformed("expected a name in quotes");
      }
      String name = string();
      skipSpace();
      expect(':');
      skipSpace();
      if (object.replace(name, value()) != null) {
        throw new MalformedFileException(source + " has '" + name + "' twice in one JSON object.");
      }
    } while (next(','));
    expect('}');
    return leave(object);
  }

  private JsonNode array() {
    enter();
    ArrayNode array = new ArrayNode();
    if (next(']')) {
      return leave(array);
    }
    do {
      skipSpace();
      array.add(value());
    } while (next(','));
    expect(']');
    return leave(array);
  }

  private void enter() {
    at++;
    if (++depth > MAX_DEPTH) {
      throw malformed("objects and arrays are nested more than " + MAX_DEPTH + " deep");
    }
  }

  private JsonNode leave(JsonNode container) {
    depth--;
    return container;
  }

  private JsonNode literal(String text, JsonNode value) {
    if (!json.startsWith(text, at)) {
      throw malformed("expected a value");
    }
    at += text.length();
    return value;
  }

  private JsonNode number() {
    int start = at;
    if (peek() == '-') {
      at++;
      if (json.startsWith("Infinity", at)) {
        return literal("Infinity", JsonNode.of(Double.NEGATIVE_INFINITY));
      }
    }
    int first = at;
    digits(first == start ? "expected a value" : "expected a digit");
    if (at - first > 1 && json.charAt(first) == '0') {
      throw malformed("a number starts with a needless 0");
    }
    boolean whole = true;
    if (at < json.length() && json.charAt(at) == '.') {
      at++;
      digits("expected a digit");
      whole = false;
    }
    if (at < json.length() && (json.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < json.length() && (json.charAt(at) == '+' || json.charAt(at) == '-')) {
        at++;
      }
      digits("expected a digit");
      whole = false;
    }
    if (at - start > MAX_DIGITS) {
      throw malformed("a number has more than " + MAX_DIGITS + " characters");
    }
    String number = json.substring(start, at);
    return whole ? whole(number) : JsonNode.of(Double.parseDouble(number));
  }

  private void digits(String problem) {
    int start = at;
    while (at < json.length() && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed(problem);
    }
  }

  private static JsonNode whole(String number) {
    if (number.length() <= DIGITS_OF_LONG) {
      return JsonNode.of(Long.parseLong(number));
    }
    BigInteger value = new BigInteger(number);
    return value.bitLength() < Long.SIZE ? JsonNode.of(value.longValue()) : JsonNode.of(value);
  }

  /** The content of the string that starts here. Most have no escapes and are copied at once. */
  private String string() {
    int start = ++at;
    StringBuilder escaped = null;
    while (true) {
      char c = peek();
      if (c == '"') {
        String rest = json.substring(start, at++);
        return escaped == null ? rest : escaped.append(rest).toString();
      }
      if (c < ' ') {
        throw malformed("a string holds a control character");
      }
      if (c == '\\') {
        escaped = escaped == null ? new StringBuilder() : escaped;
        escaped.append(json, start, at++).append(escape());
        start = at;
      } else {
        at++;
      }
    }
  }

  private char escape() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw malformed("a backslash stands before no escape");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw malformed("\\u needs four hexadecimal digits");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  /** Goes past a character if it comes next, but for space. */
  private boolean next(char wanted) {
    skipSpace();
    if (at < json.length() && json.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw malformed("expected '" + wanted + "'");
    }
    at++;
  }

  private char peek() {
    if (at == json.length()) {
      throw malformed("it ends too early");
    }
    return json.charAt(at);
  }

  private void skipSpace() {
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private MalformedFileException malformed(String problem) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < at; i++) {
      boolean end = json.charAt(i) == '\n';
      line += end ? 1 : 0;
      column = end ? 1 : column + 1;
    }
    return new MalformedFileException(
        "%s is no legal JSON: line %d, column %d: %s.".formatted(source, line, column, problem));
  }
}
