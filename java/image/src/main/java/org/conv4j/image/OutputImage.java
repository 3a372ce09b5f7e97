package org.conv4j.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.conv4j.disk.FileWriting;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.DataFormat;
import org.conv4j.tensor.Tensor;

/**
 * What a network returns, as an image: grey levels or colours, or the best class of each pixel. Its
 * shape is that of an image with a batch of 1; the batch may be missing, or the channels of a grey
 * image. Immutable.
 */
public final class OutputImage {
  private static final int WHITE = 255;
  private static final int MOST_COLOURS = 4;

  private final PixelGrid grid;
  private final ColorModel colours;
  private final byte[] samples;
  private final long clipped;

  private OutputImage(PixelGrid grid, ColorModel colours, byte[] samples, long clipped) {
    this.grid = grid;
    this.colours = colours;
    this.samples = samples;
    this.clipped = clipped;
  }

  /**
   * Takes an output as what its number of channels suggests: values from 0 to 1 as levels of up to
   * 4, more of them as scores of classes.
   *
   * @param name what messages call the output
   * @param output of any data type; not kept
   * @param format where its channels are, or null for what its shape tells
   * @return the image
   * @throws ShapeMismatchException if the shape is not that of an image of 1, 3 to 256 channels, or
   *     of more than {@link ImageFile#MAX_PIXELS} pixels
   * @throws InvalidArgumentException if a value is NaN
   */
  public static OutputImage of(String name, Tensor output, DataFormat format) {
    return PixelGrid.of(name, output, format).channels() > MOST_COLOURS
        ? ofClasses(name, output, format)
        : ofLevels(name, output, format, ValueRange.ZERO_TO_ONE);
  }

  /**
   * Takes values as levels of grey (1 channel), of red, green and blue (3), and of opacity (4th),
   * rounded to the nearest of 256. Values beyond the range are clipped.
   *
   * @param name what messages call the output
   * @param output of any data type; not kept
   * @param format where its channels are, or null for what its shape tells
   * @param range the values that are black and white
   * @return the image
   * @throws ShapeMismatchException if the shape is not that of an image of 1, 3 or 4 channels, or
   *     of more than {@link ImageFile#MAX_PIXELS} pixels
   * @throws InvalidArgumentException if a value is NaN
   */
  public static OutputImage ofLevels(
      String name, Tensor output, DataFormat format, ValueRange range) {
    PixelGrid grid = PixelGrid.of(name, output, format);
    if (grid.channels() == 2 || grid.channels() > MOST_COLOURS) {
      throw PixelGrid.refused(
          name,
          output.shape(),
          "an image has 1, 3 or 4 channels; the best class of each pixel is another kind: ofClasses, or --palette");
    }
    double[] values = values(name, output);
    byte[] samples = new byte[values.length];
    long clipped = 0;
    for (int pixel = 0; pixel < grid.pixels(); pixel++) {
      for (int channel = 0; channel < grid.channels(); channel++) {
        double level = Math.rint(range.level(values[grid.index(pixel, channel)]));
        clipped += level < 0 || level > WHITE ? 1 : 0;
        samples[pixel * grid.channels() + channel] =
            (byte) (int) Math.max(0, Math.min(WHITE, level));
      }
    }
    return new OutputImage(grid, colours(grid.channels()), samples, clipped);
  }

  /**
   * Takes values as scores of classes, and the class of the highest score (of equal ones the first)
   * as the pixel. Classes have the colours of PASCAL VOC, class 0 is black; in the file the numbers
   * of the classes stand, which {@code numpy.array(PIL.Image.open(...))} returns.
   *
   * @param name what messages call the output
   * @param output of any data type; not kept
   * @param format where its classes are, or null for what its shape tells
   * @return the image
   * @throws ShapeMismatchException if the shape is not that of an image of 2 to 256 channels, or of
   *     more than {@link ImageFile#MAX_PIXELS} pixels
   * @throws InvalidArgumentException if a value is NaN
   */
  public static OutputImage ofClasses(String name, Tensor output, DataFormat format) {
    PixelGrid grid = PixelGrid.of(name, output, format);
    if (grid.channels() < 2 || grid.channels() > ClassColours.COUNT) {
      throw PixelGrid.refused(
          name, output.shape(), "a palette is for 2 to %d classes".formatted(ClassColours.COUNT));
    }
    double[] values = values(name, output);
    byte[] samples = new byte[grid.pixels()];
    for (int pixel = 0; pixel < samples.length; pixel++) {
      int best = 0;
      for (int channel = 1; channel < grid.channels(); channel++) {
        if (values[grid.index(pixel, channel)] > values[grid.index(pixel, best)]) {
          best = channel;
        }
      }
      samples[pixel] = (byte) best;
    }
    return new OutputImage(grid, ClassColours.palette(), samples, 0);
  }

  private static double[] values(String name, Tensor output) {
    double[] values = output.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw new InvalidArgumentException(
            "The output '%s' of the shape %s holds NaN (element %d), which no image can show."
                .formatted(name, output.shape(), i));
      }
    }
    return values;
  }

  private static ColorModel colours(int channels) {
    boolean alpha = channels == MOST_COLOURS;
    return new ComponentColorModel(
        ColorSpace.getInstance(channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
        alpha,
        false,
        alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
        DataBuffer.TYPE_BYTE);
  }

  /**
   * Returns the number of rows.
   *
   * @return at least 1
   */
  public int height() {
    return grid.height();
  }

  /**
   * Returns the number of pixels in a row.
   *
   * @return at least 1
   */
  public int width() {
    return grid.width();
  }

  /**
   * Returns how many values were beyond the range: by more than half a level, as less is rounding.
   *
   * @return 0 if black and white were far enough apart
   */
  public long clipped() {
    return clipped;
  }

  /**
   * Returns the content of a PNG file of 8 bits for each sample.
   *
   * @return the bytes
   */
  public byte[] toPng() {
    int bands = samples.length / grid.pixels();
    BufferedImage image =
        new BufferedImage(
            colours,
            Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length),
                width(),
                height(),
                width() * bands,
                bands,
                IntStream.range(0, bands).toArray(),
                null),
            false,
            null);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(image);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * Writes a PNG file, replacing an old one only when all is written.
   *
   * @param path the file
   * @throws FileAccessException if it cannot be written
   */
  public void write(Path path) {
    byte[] png = toPng();
    FileWriting.replace(path, stream -> stream.write(png));
  }
}
