package org.conv4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * An argument of the form {@code [NAME=]FILE}.
 *
 * @param name what the file is for, if it says so
 * @param path the file
 */
record NamedPath(Optional<String> name, Path path) {
  /** Reads an argument. What stands before an equals sign is a name only if it is a known one. */
  static NamedPath parse(String argument, Set<String> known) {
    int equals = argument.indexOf('=');
    if (equals > 0 && known.contains(argument.substring(0, equals))) {
      return new NamedPath(
          Optional.of(argument.substring(0, equals)), Path.of(argument.substring(equals + 1)));
    }
    return new NamedPath(Optional.empty(), Path.of(argument));
  }

  /** Whether the file holds several named arrays. */
  boolean isArchive() {
    return path.toString().endsWith(".npz");
  }
}
