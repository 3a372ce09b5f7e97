package org.conv4j.keras.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.conv4j.error.MalformedFileException;

/**
 * Parses and writes JSON objects as Python does. The reader is our own because an application has
 * one version of a JSON library, and that one is the application's choice. Safe for any thread.
 */
public final class KerasJson {
  /** The largest document that is read; the largest of {@code keras.applications} has 1 MB. */
  public static final int MAX_BYTES = 16 << 20;

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
    if (json.length() > MAX_BYTES) {
      throw new MalformedFileException(
          "%s has %d characters of JSON; at most %d.".formatted(source, json.length(), MAX_BYTES));
    }
    return new JsonParser(json, source).document();
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
    return node.toString();
  }
}
