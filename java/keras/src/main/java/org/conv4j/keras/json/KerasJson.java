package org.conv4j.keras.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
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

  /** Apart, because most models are only read. Python writes infinite numbers by name. */
  private static final class Writing {
    static final JsonFactory FACTORY =
        new JsonFactoryBuilder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();
  }

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
          "%s has %d characters; at most %d.".formatted(source, json.length(), MAX_BYTES));
    }
    JsonNode node = new JsonText(json, source).parse();
    if (!node.isObject()) {
      throw new MalformedFileException(source + " holds no JSON object.");
    }
    return node;
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
    try (JsonGenerator generator = Writing.FACTORY.createGenerator(text);
        JsonParser parser = node.traverse()) {
      parser.nextToken();
      generator.copyCurrentStructure(parser);
    } catch (IOException impossible) {
      throw new UncheckedIOException("A text can always be written.", impossible);
    }
    return text.toString();
  }
}
