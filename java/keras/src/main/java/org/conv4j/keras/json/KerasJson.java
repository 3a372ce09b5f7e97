package org.conv4j.keras.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.conv4j.error.MalformedFileException;

/** Parses and writes JSON objects as Python does. Safe for any thread. */
public final class KerasJson {
  /** The largest document that is read; the largest of {@code keras.applications} has 1 MB. */
  public static final int MAX_BYTES = 16 << 20;

  /**
   * Python writes infinite numbers by name. There is no {@code ObjectMapper} here because starting
   * one takes longer than reading a whole model, and {@link Tree} looks for repeated keys because
   * the parser would keep a set of them for each object.
   */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  /** A megabyte of configuration has about 60000 values; each takes a hundred bytes or so. */
  private static final int MAX_VALUES = 1 << 20;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private KerasJson() {}

  /**
   * Parses an object.
   *
   * @param json the JSON text
   * @param source what messages call it, for example a file's name
   * @return the object
   * @throws MalformedFileException if it is no JSON object, too long or nested too deeply
   */
  public static JsonNode object(String json, String source) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedFileException(source + " holds no JSON object.");
      }
      JsonNode node = new Tree(parser, source).value();
      if (parser.nextToken() != null) {
        throw new MalformedFileException(source + " goes on after its JSON object.");
      }
      return node;
    } catch (JsonProcessingException malformed) {
      throw new MalformedFileException(
          source + " is no legal JSON: " + malformed.getOriginalMessage() + ".", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException("A text can always be read.", impossible);
    }
  }

  /**
   * Decodes the text of a document.
   *
   * @param encoded its bytes
   * @param source what messages call it, for example a file's name
   * @return the text
   * @throws MalformedFileException if it is not in UTF-8
   */
  public static String text(byte[] encoded, String source) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
    } catch (CharacterCodingException binary) {
      throw new MalformedFileException(source + " is no UTF-8 text.", binary);
    }
  }

  /**
   * Writes an object that {@link #object} can read back.
   *
   * @param node the object
   * @return the JSON text
   */
  public static String write(JsonNode node) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text);
        JsonParser parser = node.traverse()) {
      parser.nextToken();
      generator.copyCurrentStructure(parser);
    } catch (IOException impossible) {
      throw new UncheckedIOException("A text can always be written.", impossible);
    }
    return text.toString();
  }

  /** Builds the values of one document. */
  private static final class Tree {
    private final JsonParser parser;
    private final String source;
    private int values;

    Tree(JsonParser parser, String source) {
      this.parser = parser;
      this.source = source;
    }

    /** The value that starts at the current token; the parser bounds the depth. */
    JsonNode value() throws IOException {
      if (++values > MAX_VALUES) {
        throw new MalformedFileException(
            "%s has more than %d values.".formatted(source, MAX_VALUES));
      }
      return switch (parser.currentToken()) {
        case START_OBJECT -> {
          ObjectNode object = NODES.objectNode();
          while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            if (object.replace(key, value()) != null) {
              throw new MalformedFileException(
                  "%s has '%s' twice in one JSON object.".formatted(source, key));
            }
          }
          yield object;
        }
        case START_ARRAY -> {
          ArrayNode array = NODES.arrayNode();
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
          }
          yield array;
        }
        case VALUE_STRING -> NODES.textNode(parser.getText());
        case VALUE_TRUE -> NODES.booleanNode(true);
        case VALUE_FALSE -> NODES.booleanNode(false);
        case VALUE_NULL -> NODES.nullNode();
        case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
        case VALUE_NUMBER_INT ->
            switch (parser.getNumberType()) {
              case INT -> NODES.numberNode(parser.getIntValue());
              case LONG -> NODES.numberNode(parser.getLongValue());
              default -> NODES.numberNode(parser.getBigIntegerValue());
            };
        default -> throw new IllegalStateException("No value starts with " + parser.currentToken());
      };
    }
  }
}
