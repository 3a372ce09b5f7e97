package org.conv4j.cli.data;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.error.SimilarNames;

/**
 * An argument of the form {@code [NAME=]FILE}.
 *
 * @param name what the file is for, if it says so
 * @param path the file
 * @param isFolder whether it is a folder, or called one by a separator at its end
 */
public record NamedPath(Optional<String> name, Path path, boolean isFolder) {
  private static final Set<String> OTHER_CONTENTS =
      Set.of(
          "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "txt", "json", "wav", "h5", "keras",
          "onnx", "parquet", "pt", "mat");

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
      return of(name, argument.substring(name.get().length() + 1));
    }
    Path path = Path.of(argument);
    int equals = argument.indexOf('=');
    int separator = argument.indexOf(File.separatorChar);
    if (equals > 0 && (separator < 0 || separator > equals) && !Files.exists(path)) {
      String unknown = argument.substring(0, equals);
      throw new ShapeMismatchException(
          "The model has the %ss %s; given '%s'.%s"
              .formatted(
                  kind, String.join(", ", known), unknown, SimilarNames.question(unknown, known)));
    }
    return of(Optional.empty(), argument);
  }

  private static NamedPath of(Optional<String> name, String file) {
    Path path = Path.of(file);
    boolean folder = file.endsWith("/") || file.endsWith(File.separator) || Files.isDirectory(path);
    return new NamedPath(name, path, folder);
  }

  /** A file that no name stands before. */
  public static NamedPath of(Path path) {
    return of(Optional.empty(), path.toString());
  }

  /** Whether the file has the name of one of a single array. */
  public boolean isArray() {
    return !isImages() && !isArchive() && !OTHER_CONTENTS.contains(extension()) && !isDash();
  }

  /** What other programs take for the standard output would be a file of this name. */
  private boolean isDash() {
    return path.toString().equals("-");
  }

  /** Refuses a name that promises contents that are not written. */
  void requireWritable() {
    if (isDash()) {
      throw new FileAccessException(
          "Outputs are written to files; given '-'. Linux has a file /dev/stdout.");
    }
    if (!isFolder && OTHER_CONTENTS.contains(extension())) {
      throw new FileAccessException(
          "Outputs are written as arrays, to .npy, .npz and .csv files, and as .png images; given '%s'."
              .formatted(path));
    }
  }

  private String extension() {
    String file = String.valueOf(path.getFileName());
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether images go there: one to a file, or many to a folder. */
  public boolean isImages() {
    return isFolder || extension().equals("png");
  }

  /** Whether the file holds several named arrays. */
  boolean isArchive() {
    return !isFolder && path.toString().endsWith(".npz");
  }
}
