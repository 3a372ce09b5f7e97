package org.conv4j.keras;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.layer.LayerReader;
import org.conv4j.keras.layer.TypedLayer;
import org.conv4j.keras.writer.Writer;

/**
 * Reads layer configurations: the JSON object that {@code keras.layers.serialize} returns, or the
 * plain older form {@code {"class_name": ..., "config": ...}}. Safe for any thread.
 */
public final class KerasLayers {
  private KerasLayers() {}

  /**
   * Reads the configuration of one layer from a file.
   *
   * @param path a JSON file
   * @return the layer
   * @throws FileAccessException if the file cannot be read
   * @throws MalformedFileException if it holds no layer configuration
   * @throws org.conv4j.error.InvalidLayerException if Keras would refuse the configuration, or
   *     conv4j cannot run it
   */
  public static KerasLayer read(Path path) {
    return parse(text(path), path.toString());
  }

  /**
   * Parses the configuration of one layer of Keras 3. What older versions or TensorFlow.js wrote is
   * read too, but means what Keras 3 makes of it.
   *
   * @param json the JSON text
   * @param source what messages call it, for example a file's name
   * @return the layer
   * @throws MalformedFileException if it is no layer configuration
   * @throws org.conv4j.error.InvalidLayerException if Keras would refuse the configuration, or
   *     conv4j cannot run it
   */
  public static KerasLayer parse(String json, String source) {
    return parse(json, source, Writer.KERAS_3);
  }

  /**
   * Parses the configuration of one layer, which means what it means to its writer.
   *
   * @param json the JSON text
   * @param source what messages call it, for example a file's name
   * @param writer what wrote it
   * @return the layer
   * @throws MalformedFileException if it is no layer configuration
   * @throws org.conv4j.error.InvalidLayerException if Keras would refuse the configuration, or
   *     conv4j cannot run it
   */
  public static KerasLayer parse(String json, String source, Writer writer) {
    TypedLayer read = LayerReader.read(KerasJson.object(json, source), source, writer);
    return new KerasLayer(read.layer(), read.dataType());
  }

  private static String text(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new FileAccessException("Cannot read " + path + ": it is a directory.");
      }
      if (Files.size(path) > KerasJson.MAX_BYTES) {
        throw new MalformedFileException(
            "%s has %d bytes; a layer configuration has at most %d."
                .formatted(path, Files.size(path), KerasJson.MAX_BYTES));
      }
      return Files.readString(path);
    } catch (CharacterCodingException binary) {
      throw new MalformedFileException(path + " is no UTF-8 text.", binary);
    } catch (NoSuchFileException missing) {
      throw new FileAccessException("Cannot read " + path + ": there is no such file.", missing);
    } catch (AccessDeniedException denied) {
      throw new FileAccessException("Cannot read " + path + ": access denied.", denied);
    } catch (IOException failure) {
      throw new FileAccessException(
          "Cannot read " + path + ": " + failure.getMessage() + ".", failure);
    }
  }
}
