package org.conv4j.cli.data;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.ShapeMismatchException;

/**
 * An argument of the form {@code [NAME=]FILE}.
 *
 * @param name what the file is for, if it says so
 * @param path the file
 */
public record NamedPath(Optional<String> name, Path path) {
  /**
   * Reads an argument. What stands before an equals sign is a name, unless it looks like a path.
   *
   * @param kind what the names are of: inputs or outputs
   */
  static NamedPath parse(String argument, List<String> known, String kind) {
    // Names may hold equals signs themselves: the longest that fits counts.
    Optional<String> name =
        known.stream()
            .filter(other -> argument.startsWith(other + "="))
            .max(Comparator.comparing(String::length));
    if (argument.length() == name.map(text -> text.length() + 1).orElse(0)) {
      throw new FileAccessException(
          "The file of an %s is missing; given '%s'.".formatted(kind, argument));
    }
    if (name.isPresent()) {
      return new NamedPath(name, Path.of(argument.substring(name.get().length() + 1)));
    }
    Path path = Path.of(argument);
    int equals = argument.indexOf('=');
    int separator = argument.indexOf(File.separatorChar);
    if (equals > 0 && (separator < 0 || separator > equals) && !Files.exists(path)) {
      throw new ShapeMismatchException(
          "The model has the %ss %s; given '%s'."
              .formatted(kind, String.join(", ", known), argument.substring(0, equals)));
    }
    return new NamedPath(Optional.empty(), path);
  }

  /** Whether the file holds several named arrays. */
  boolean isArchive() {
    return path.toString().endsWith(".npz");
  }
}
