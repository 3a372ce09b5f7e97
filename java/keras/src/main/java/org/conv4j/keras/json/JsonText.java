package org.conv4j.keras.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.conv4j.error.MalformedFileException;

/**
 * A JSON document (RFC 8259, and the names that Python writes for numbers that are not finite)
 * while it is parsed.
 *
 * <p>It makes Jackson's nodes without Jackson's parser: to load and compile that one takes longer
 * than to read a model. Strings are searched for their ends rather than read letter by letter,
 * which is fast also before anything is compiled.
 */
final class JsonText {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 100;

  /** A megabyte of configuration has about 60000 values; each takes a hundred bytes or so. */
  private static final int MAX_VALUES = 1 << 20;

  /** As many digits surely fit a {@code long}. */
  private static final int LONG_DIGITS = 18;

  /** Longer numbers would take long to convert; Jackson has this bound too. */
  private static final int MAX_NUMBER_LENGTH = 1000;

  private final String text;
  private final String source;
  private int at;
  private int depth;
  private int values;

  JsonText(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /** The only value of the document. */
  JsonNode parse() {
    JsonNode node = value();
    peek();
    if (at < text.length()) {
      throw illegal("nothing may follow its value");
    }
    return node;
  }

  private JsonNode value() {
    if (++values > MAX_VALUES) {
      throw new MalformedFileException("%s has more than %d values.".formatted(source, MAX_VALUES));
    }
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> NODES.textNode(string());
      case 't' -> name("true", NODES.booleanNode(true));
      case 'f' -> name("false", NODES.booleanNode(false));
      case 'n' -> name("null", NODES.nullNode());
      case 'N' -> name("NaN", NODES.numberNode(Double.NaN));
      case 'I' -> name("Infinity", NODES.numberNode(Double.POSITIVE_INFINITY));
      default ->
          text.startsWith("-I", at)
              ? name("-Infinity", NODES.numberNode(Double.NEGATIVE_INFINITY))
              : number();
    };
  }

  private JsonNode object() {
    enter();
    ObjectNode object = NODES.objectNode();
    if (!accept('}')) {
      do {
        if (peek() != '"') {
          throw illegal("expected a key");
        }
        String key = string();
        require(':');
        // A repeated key would silently lose a value.
        if (object.replace(key, value()) != null) {
          throw illegal("the key '" + key + "' occurs twice in an object");
        }
      } while (accept(','));
      require('}');
    }
    depth--;
    return object;
  }

  private JsonNode array() {
    enter();
    ArrayNode array = NODES.arrayNode();
    if (!accept(']')) {
      do {
        array.add(value());
      } while (accept(','));
      require(']');
    }
    depth--;
    return array;
  }

  /** Goes into an object or an array, whose bracket is next. */
  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw illegal("its values are nested more than " + MAX_DEPTH + " deep");
    }
    at++;
  }

  private String string() {
    int start = at + 1;
    int end = text.indexOf('"', start);
    if (end < 0) {
      throw illegal("a string does not end");
    }
    String content = text.substring(start, end);
    if (content.indexOf('\\') >= 0) {
      return escapedString(start);
    }
    at = end + 1;
    return content;
  }

  private String escapedString(int start) {
    StringBuilder content = new StringBuilder();
    for (at = start; at < text.length(); at++) {
      char next = text.charAt(at);
      if (next == '"') {
        at++;
        return content.toString();
      }
      content.append(next == '\\' ? escaped() : next);
    }
    throw illegal("a string does not end");
  }

  /** The character that an escape sequence stands for, of which the last is then the current. */
  private char escaped() {
    at++;
    char kind = next();
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          at++;
          int digit = Character.digit(next(), 16);
          if (digit < 0 || next() > 'f') {
            throw illegal("\\u needs four hexadecimal digits");
          }
          code = code << 4 | digit;
        }
        yield (char) code;
      }
      default -> throw illegal("there is no such escape sequence");
    };
  }

  private JsonNode name(String name, JsonNode value) {
    if (!text.startsWith(name, at)) {
      throw illegal("expected '" + name + "'");
    }
    at += name.length();
    return value;
  }

  private JsonNode number() {
    int start = at;
    if (next() == '-') {
      at++;
    }
    boolean zero = next() == '0';
    int first = at;
    digits();
    if (zero && at > first + 1) {
      throw illegal("a number starts with 0");
    }
    boolean whole = true;
    if (next() == '.') {
      whole = false;
      at++;
      digits();
    }
    if (next() == 'e' || next() == 'E') {
      whole = false;
      at++;
      if (next() == '+' || next() == '-') {
        at++;
      }
      digits();
    }
    if (at - start > MAX_NUMBER_LENGTH) {
      throw illegal("a number has more than " + MAX_NUMBER_LENGTH + " characters");
    }
    String number = text.substring(start, at);
    if (!whole) {
      return NODES.numberNode(Double.parseDouble(number));
    }
    if (number.length() > LONG_DIGITS) {
      return wide(new BigInteger(number));
    }
    long value = Long.parseLong(number);
    return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  private void digits() {
    int first = at;
    while (next() >= '0' && next() <= '9') {
      at++;
    }
    if (at == first) {
      throw illegal("expected a value");
    }
  }

  private static JsonNode wide(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }

  private void require(char expected) {
    if (!accept(expected)) {
      throw illegal("expected '" + expected + "'");
    }
  }

  private boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** Skips spaces and returns the character after them. */
  private char peek() {
    char next = next();
    while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
      at++;
      next = next();
    }
    return next;
  }

  /** The next character, or one that is legal nowhere at the end. */
  private char next() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private MalformedFileException illegal(String problem) {
    return new MalformedFileException(
        source + " is no legal JSON: " + problem + ", at character " + (at + 1) + ".");
  }
}
