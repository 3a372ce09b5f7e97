package org.conv4j.bench.record;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;

/** Reads and writes JSON files. */
public final class JsonFiles {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonFiles() {}

  /**
   * Reads a file.
   *
   * @param <T> the type that it holds
   * @param file the file
   * @param type the type that it holds
   * @return its contents
   */
  public static <T> T read(Path file, Class<T> type) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException failure) {
      throw new FileAccessException("Cannot read '" + file + "': " + failure + ".", failure);
    }
    try {
      return MAPPER.readValue(text, type);
    } catch (IOException malformed) {
      throw new MalformedFileException(
          "The file '" + file + "' does not hold results of a run: " + malformed.getMessage(),
          malformed);
    }
  }

  /**
   * Writes a file, and the folders that lead to it.
   *
   * @param file the file
   * @param value its contents
   */
  public static void write(Path file, Object value) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, MAPPER.writeValueAsString(value) + "\n");
    } catch (IOException failure) {
      throw new FileAccessException("Cannot write '" + file + "': " + failure + ".", failure);
    }
  }
}
