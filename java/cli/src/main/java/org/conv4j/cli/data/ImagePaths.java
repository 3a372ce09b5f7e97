package org.conv4j.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.conv4j.error.FileAccessException;

/** Which arguments mean images, and which files they name. */
final class ImagePaths {
  private static final List<String> EXTENSIONS = List.of(".png", ".jpg", ".jpeg");

  /** Taken for images too, so that the message for them speaks of images. */
  private static final List<String> OTHERS =
      List.of(".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif", ".heic");

  private ImagePaths() {}

  /** Whether a path is a folder, or has the name of an image file; it need not exist. */
  static boolean isImage(Path path) {
    return Files.isDirectory(path) || hasExtension(path, EXTENSIONS) || hasExtension(path, OTHERS);
  }

  /**
   * Lists the file itself, or a folder's PNG and JPEG files in the order of their names, without
   * those of folders inside.
   *
   * @throws FileAccessException if a folder cannot be read or has no such file
   */
  static List<Path> list(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> images;
    try (Stream<Path> files = Files.list(path)) {
      images =
          files
              .filter(file -> hasExtension(file, EXTENSIONS) && Files.isRegularFile(file))
              .sorted()
              .toList();
    } catch (IOException failure) {
      throw new FileAccessException("Cannot read the folder " + path + ".", failure);
    }
    if (images.isEmpty()) {
      throw new FileAccessException("The folder " + path + " holds no PNG or JPEG files.");
    }
    return images;
  }

  private static boolean hasExtension(Path path, List<String> extensions) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return extensions.stream().anyMatch(name::endsWith);
  }
}
