package org.conv4j.cli.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;

/**
 * What a network's classes are called.
 *
 * @param names a name for each class; empty if they have only numbers
 */
public record Labels(List<String> names) {
  public static final Labels NONE = new Labels(List.of());
  private static final long MAX_BYTES = 1 << 24;

  /** Reads a text file with a line for each class, or JSON if its name says so. */
  public static Labels read(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new FileAccessException("Cannot read " + path + ": it is a directory.");
      }
      if (!Files.isRegularFile(path)) {
        throw new FileAccessException("Cannot read " + path + ": there is no such file.");
      }
      if (Files.size(path) > MAX_BYTES) {
        throw new MalformedFileException(
            "%s has %d bytes; labels have at most %d."
                .formatted(path, Files.size(path), MAX_BYTES));
      }
      List<String> names = names(path);
      if (names.isEmpty()) {
        throw new MalformedFileException(path + " holds no labels.");
      }
      return new Labels(names);
    } catch (CharacterCodingException binary) {
      throw new MalformedFileException(path + " is no UTF-8 text.", binary);
    } catch (IOException failure) {
      throw new FileAccessException("Cannot read " + path + ".", failure);
    }
  }

  private static List<String> names(Path path) throws IOException {
    String name = path.toString();
    return name.toLowerCase(Locale.ROOT).endsWith(".json")
        ? JsonLabels.parse(Files.readString(path), name)
        : Files.readAllLines(path).stream().map(String::strip).toList();
  }

  public void requireCount(long classes) {
    if (!names.isEmpty() && names.size() != classes) {
      throw new ShapeMismatchException(
          "The model tells %d classes apart; there are %d labels."
              .formatted(classes, names.size()));
    }
  }

  public String name(int index) {
    return names.isEmpty() ? "class " + index : names.get(index);
  }
}
