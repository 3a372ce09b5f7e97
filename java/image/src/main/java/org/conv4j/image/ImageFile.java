package org.conv4j.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
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

  private ImageFile() {}

  /**
   * Decodes an image and brings it to a size. The size that the file announces is checked before
   * anything of that size is allocated.
   *
   * @param path the file; its content counts, not its name
   * @param height the number of rows to return
   * @param width the number of pixels in a row to return
   * @param channels 1, 3 or 4
   * @param resizing how an image of another size is resized
   * @return the pixels
   * @throws FileAccessException if the file cannot be read
   * @throws MalformedFileException if it is no PNG or JPEG, damaged, too large, or in CMYK
   */
  public static Pixels read(
      Path path, int height, int width, int channels, ImageResizing resizing) {
    if (!Files.isRegularFile(path)) {
      throw new FileAccessException("Cannot read " + path + ": there is no such file.");
    }
    try (ImageInputStream stream = ImageIO.createImageInputStream(path.toFile())) {
      if (stream == null) {
        throw new FileAccessException("Cannot read " + path + ".");
      }
      return read(stream, path.toString(), Files.size(path), height, width, channels, resizing);
    } catch (IOException failure) {
      throw damaged(path.toString(), failure);
    }
  }

  /**
   * Decodes an image that is in memory, as {@link #read(Path, int, int, int, ImageResizing)} does.
   *
   * @param content the bytes of a PNG or JPEG file; not changed
   * @param name what messages call it
   * @param height the number of rows to return
   * @param width the number of pixels in a row to return
   * @param channels 1, 3 or 4
   * @param resizing how an image of another size is resized
   * @return the pixels
   * @throws MalformedFileException if it is no PNG or JPEG, damaged, too large, or in CMYK
   */
  public static Pixels read(
      byte[] content, String name, int height, int width, int channels, ImageResizing resizing) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      return read(stream, name, content.length, height, width, channels, resizing);
    } catch (IOException failure) {
      throw damaged(name, failure);
    }
  }

  private static Pixels read(
      ImageInputStream stream,
      String name,
      long bytes,
      int height,
      int width,
      int channels,
      ImageResizing resizing)
      throws IOException {
    try {
      Samples samples = new Samples(decode(name, bytes, stream), channels, name);
      return Resampling.resize(samples, height, width, resizing);
    } catch (Conv4jException known) {
      throw known;
    } catch (RuntimeException failure) {
      // ImageIO throws all kinds of unchecked exceptions for damaged files.
      throw damaged(name, failure);
    }
  }

  private static MalformedFileException damaged(String name, Exception failure) {
    return new MalformedFileException(
        "%s is damaged or of an unsupported kind: %s.".formatted(name, reason(failure)), failure);
  }

  /** Some of ImageIO's messages are sentences, some exclamations. */
  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message.replaceAll("[.!]+$", "");
  }

  private static BufferedImage decode(String name, long bytes, ImageInputStream stream)
      throws IOException {
    ImageReader reader = reader(name, stream);
    try {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(stream, true, true);
      checkSize(name, reader.getWidth(0), reader.getHeight(0), bytes);
      BufferedImage image = reader.read(0, asStored(reader));
      if (warnings.stream().anyMatch(ImageFile::tellsOfAnEarlyEnd)) {
        throw new MalformedFileException(name + " is truncated.");
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  /** Keeps the numbers of an image with a colour profile, which ImageIO would convert to sRGB. */
  private static ImageReadParam asStored(ImageReader reader) throws IOException {
    ImageReadParam parameters = reader.getDefaultReadParam();
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    int components = 0;
    while (types.hasNext()) {
      ImageTypeSpecifier type = types.next();
      ColorSpace colours = type.getColorModel().getColorSpace();
      components = components == 0 ? type.getNumComponents() : components;
      if (colours instanceof ICC_ColorSpace
          && !colours.isCS_sRGB()
          && type.getNumComponents() == components) {
        parameters.setDestinationType(type);
      }
    }
    return parameters;
  }

  private static ImageReader reader(String name, ImageInputStream stream) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    String format = null;
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      format = reader.getFormatName();
      if (FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
        return reader;
      }
    }
    throw new MalformedFileException(
        format == null
            ? name + " is no PNG or JPEG image."
            : "%s is a %s image; PNG and JPEG images are read."
                .formatted(name, format.toUpperCase(Locale.ROOT)));
  }

  private static void checkSize(String name, long width, long height, long bytes) {
    long pixels = width * height;
    if (pixels > MAX_PIXELS) {
      throw new MalformedFileException(
          "%s announces %d x %d pixels; at most %d pixels are read."
              .formatted(name, width, height, MAX_PIXELS));
    }
    if (pixels > bytes * MAX_PIXELS_PER_BYTE) {
      throw new MalformedFileException(
          "%s announces %d x %d pixels, which cannot be in its %d bytes."
              .formatted(name, width, height, bytes));
    }
  }

  /** JPEG files that end too early are filled up with grey, and there is a warning. */
  private static boolean tellsOfAnEarlyEnd(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("truncated") || text.contains("premature end");
  }
}
