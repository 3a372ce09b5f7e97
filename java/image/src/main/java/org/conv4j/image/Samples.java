package org.conv4j.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.conv4j.error.MalformedFileException;

/**
 * The pixels of a decoded image as it is stored, row by row, with the channels that are asked for.
 * Colour profiles are ignored, as Keras ignores them: {@code BufferedImage.getRGB} would brighten
 * grey images.
 */
final class Samples {
  private static final int ALPHA = 3;
  private static final int OPAQUE = 255;

  private final BufferedImage image;
  private final int channels;
  private final int shift;

  Samples(BufferedImage image, int channels, String source) {
    this.image = image;
    this.channels = channels;
    this.shift = shift(image, source);
  }

  private static int shift(BufferedImage image, String source) {
    ColorModel colors = image.getColorModel();
    int bits = image.getSampleModel().getSampleSize(0);
    int bands = image.getRaster().getNumBands();
    if (colors instanceof IndexColorModel) {
      return 0;
    }
    int colours = colors.getNumColorComponents();
    if (colours != 1 && colours != 3) {
      throw new MalformedFileException(
          "%s has %d colours in a pixel (CMYK, perhaps); images must be grey or RGB."
              .formatted(source, colours));
    }
    if (bands > ALPHA + 1 || (bits != 8 && bits != 16)) {
      throw new MalformedFileException(
          "%s has %d bands of %d bits; images have at most 4 of 8 or 16."
              .formatted(source, bands, bits));
    }
    // Of 16 bits the upper ones count, as in Pillow.
    return bits - 8;
  }

  int height() {
    return image.getHeight();
  }

  int width() {
    return image.getWidth();
  }

  int channels() {
    return channels;
  }

  /** Reads a row into {@code width * channels} values. */
  void row(int y, float[] target) {
    int width = width();
    int[] rgba = new int[4];
    Raster raster = image.getRaster();
    ColorModel colors = image.getColorModel();
    int bands = raster.getNumBands();
    int[] samples = raster.getPixels(0, y, width, 1, (int[]) null);
    for (int x = 0; x < width; x++) {
      if (colors instanceof IndexColorModel) {
        int argb = colors.getRGB(samples[x]);
        rgba[0] = argb >> 16 & 0xff;
        rgba[1] = argb >> 8 & 0xff;
        rgba[2] = argb & 0xff;
        rgba[ALPHA] = argb >>> 24;
      } else {
        unpack(samples, x * bands, bands, rgba);
      }
      put(rgba, target, x * channels);
    }
  }

  private void unpack(int[] samples, int from, int bands, int[] rgba) {
    boolean grey = bands < 3;
    for (int i = 0; i < ALPHA; i++) {
      rgba[i] = samples[from + (grey ? 0 : i)] >> shift;
    }
    boolean transparent = bands % 2 == 0;
    rgba[ALPHA] = transparent ? samples[from + bands - 1] >> shift : OPAQUE;
  }

  private void put(int[] rgba, float[] target, int at) {
    if (channels == 1) {
      target[at] = luma(rgba[0], rgba[1], rgba[2]);
      return;
    }
    for (int i = 0; i < channels; i++) {
      target[at + i] = rgba[i];
    }
  }

  /** ITU-R 601-2, rounded as Pillow rounds it; grey stays what it is. */
  private static int luma(int red, int green, int blue) {
    return red * 19595 + green * 38470 + blue * 7471 + 0x8000 >> 16;
  }
}
