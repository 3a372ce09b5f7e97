package org.conv4j.keras.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.conv4j.error.MalformedFileException;

/** Finds files that another file names, without leaving its folder. */
final class SiblingFile {
  private static final Set<String> NO_NAMES = Set.of("", ".", "..");

  private SiblingFile() {}

  static Path of(Path file, String name) {
    boolean escapes =
        name.isEmpty()
            || name.indexOf('\\') >= 0
            || name.indexOf(':') >= 0
            || Arrays.stream(name.split("/", -1)).anyMatch(NO_NAMES::contains);
    if (escapes) {
      throw new MalformedFileException(
          "%s names the file '%s', which is not in its folder.".formatted(file, name));
    }
    try {
      return file.resolveSibling(name);
    } catch (InvalidPathException illegal) {
      throw new MalformedFileException(
          "%s names the file '%s', which no file can be called.".formatted(file, name), illegal);
    }
  }
}
