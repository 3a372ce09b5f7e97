package org.conv4j.cli.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;

/** Reads PNG and JPEG files that nobody vouches for. Safe for any thread. */
public final class ImageFile {
  /** The largest image that is decoded, in pixels. */
  public static final long MAX_PIXELS = 1L << 26;

  /** Deflate shrinks by 1032 at most, and a pixel has at least one bit. */
  private static final long MAX_PIXELS_PER_BYTE = 1032 * 8;

  private static final Set<String> FORMATS = Set.of("png", "jpeg");
  private static final List<String> EXTENSIONS = List.of(".png", ".jpg", ".jpeg");

  /** Taken for images too, so that the message for them speaks of images. */
  private static final List<String> OTHERS =
      List.of(".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif", ".heic");

  private ImageFile() {}

  /**
   * Tells whether a path means images.
   *
   * @param path a file or a folder, which need not exist
   * @return whether it is a folder, or has the name of an image file
   */
  public static boolean isImage(Path path) {
    return Files.isDirectory(path) || hasExtension(path, EXTENSIONS) || hasExtension(path, OTHERS);
  }

  /**
   * Lists images.
   *
   * @param path a file, or a folder
   * @return the file itself, or the folder's PNG and JPEG files in the order of their names,
   *     without those of folders inside
   * @throws FileAccessException if a folder cannot be read or has no such file
   */
  public static List<Path> list(Path path) {
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

  /**
   * Decodes an image and brings it to a size with {@link Resampling}. The size that the file
   * announces is checked before anything of that size is allocated.
   *
   * @param path the file; its content counts, not its name
   * @param height the number of rows to return
   * @param width the number of pixels in a row to return
   * @param channels 1, 3 or 4
   * @return the pixels
   * @throws FileAccessException if the file cannot be read
   * @throws MalformedFileException if it is no PNG or JPEG, damaged, too large, or in CMYK
   */
  public static Pixels read(Path path, int height, int width, int channels) {
    if (!Files.isRegularFile(path)) {
      throw new FileAccessException("Cannot read " + path + ": there is no such file.");
    }
    try (ImageInputStream stream = ImageIO.createImageInputStream(path.toFile())) {
      if (stream == null) {
        throw new FileAccessException("Cannot read " + path + ".");
      }
      BufferedImage image = decode(path, stream);
      return Resampling.bilinear(new Samples(image, channels, path.toString()), height, width);
    } catch (Conv4jException known) {
      throw known;
    } catch (IOException | RuntimeException failure) {
      // ImageIO throws all kinds of unchecked exceptions for damaged files.
      throw new MalformedFileException(
          "%s is damaged or of an unsupported kind: %s.".formatted(path, reason(failure)), failure);
    }
  }

  /** Some of ImageIO's messages are sentences, some exclamations. */
  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message.replaceAll("[.!]+$", "");
  }

  private static BufferedImage decode(Path path, ImageInputStream stream) throws IOException {
    ImageReader reader = reader(path, stream);
    try {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(stream, true, true);
      checkSize(path, reader.getWidth(0), reader.getHeight(0), Files.size(path));
      BufferedImage image = reader.read(0);
      if (warnings.stream().anyMatch(ImageFile::tellsOfAnEarlyEnd)) {
        throw new MalformedFileException(path + " is truncated.");
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(Path path, ImageInputStream stream) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
    }
    throw new MalformedFileException(path + " is no PNG or JPEG image.");
  }

  private static void checkSize(Path path, long width, long height, long bytes) {
    long pixels = width * height;
    if (pixels > MAX_PIXELS) {
      throw new MalformedFileException(
          "%s announces %d x %d pixels; at most %d pixels are read."
              .formatted(path, width, height, MAX_PIXELS));
    }
    if (pixels > bytes * MAX_PIXELS_PER_BYTE) {
      throw new MalformedFileException(
          "%s announces %d x %d pixels, which cannot be in its %d bytes."
              .formatted(path, width, height, bytes));
    }
  }

  /** JPEG files that end too early are filled up with grey, and there is a warning. */
  private static boolean tellsOfAnEarlyEnd(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("truncated") || text.contains("premature end");
  }

  private static boolean hasExtension(Path path, List<String> extensions) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return extensions.stream().anyMatch(name::endsWith);
  }
}
