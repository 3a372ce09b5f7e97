package org.conv4j.keras.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.conv4j.error.MalformedFileException;

/** Parses and writes JSON objects as Python does. Safe for any thread. */
public final class KerasJson {
  /** The largest document that is read; the largest of {@code keras.applications} has 1 MB. */
  public static final int MAX_BYTES = 16 << 20;

  /** Python writes infinite numbers by name; a repeated key would silently lose a value. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxDocumentLength(MAX_BYTES)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

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
    try {
      JsonNode node = MAPPER.readTree(json);
      if (!node.isObject()) {
        throw new MalformedFileException(source + " holds no JSON object.");
      }
      return node;
    } catch (JsonProcessingException malformed) {
      throw new MalformedFileException(
          source + " is no legal JSON: " + malformed.getOriginalMessage() + ".", malformed);
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
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A parsed object can always be written.", impossible);
    }
  }
}
