package org.conv4j.image;

import java.util.Arrays;
import org.conv4j.image.AxisWeights.Extent;

/**
 * Resizes an image: the pixels of each row first, then the rows, of which only those are kept that
 * the next one needs. Pillow does the same; its version 13 may start with the rows, and differs by
 * one grey level then.
 */
final class Resampling {
  private static final double HALF = 1 << AxisWeights.PILLOW_BITS - 1;
  private static final double ONE = 1 << AxisWeights.PILLOW_BITS;

  private final Samples image;
  private final boolean pillow;
  private final boolean premultiplies;
  private final AxisWeights across;
  private final int width;
  private final int channels;
  private final float[] row;

  /** Rows of the image, as wide as the new one, by their number modulo {@code rows.length}. */
  private final float[][] rows;

  private final int[] held;

  private Resampling(
      Samples image, ImageResizing resizing, AxisWeights across, int height, int longest) {
    this.image = image;
    this.across = across;
    pillow = resizing.method().isPillows();
    channels = image.channels();
    width = across.outputs();
    boolean keepsSize = width == image.width() && height == image.height();
    premultiplies = pillow && channels == Alpha.CHANNELS && !keepsSize;
    row = new float[image.width() * channels];
    rows = new float[Math.max(1, longest)][];
    held = new int[rows.length];
    Arrays.fill(held, -1);
  }

  static Pixels resize(Samples image, int height, int width, ImageResizing resizing) {
    Extent vertical = new Extent(0, image.height(), image.height(), height);
    Extent horizontal = new Extent(0, image.width(), image.width(), width);
    switch (resizing.aspect()) {
      case STRETCH -> {}
      case CROP -> {
        int rows = Math.min(image.height(), ratio(image.width(), height, width));
        int columns = Math.min(image.width(), ratio(image.height(), width, height));
        vertical = centred(rows, image.height(), height);
        horizontal = centred(columns, image.width(), width);
      }
      case PAD -> {
        int rows = Math.max(image.height(), ratio(image.width(), height, width));
        int columns = Math.max(image.width(), ratio(image.height(), width, height));
        vertical = padded(rows, image.height(), height);
        horizontal = padded(columns, image.width(), width);
      }
    }
    AxisWeights down = AxisWeights.of(resizing, vertical);
    AxisWeights across = AxisWeights.of(resizing, horizontal);
    return new Resampling(image, resizing, across, height, down.longest()).run(down);
  }

  /** At least 1. */
  private static int ratio(int extent, int target, int other) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (long) extent * target / other));
  }

  private static Extent centred(int length, int pixels, int outputs) {
    return new Extent((pixels - length) / 2, length, pixels, outputs);
  }

  /**
   * As much on both sides, as with Keras on TensorFlow: a pixel less than asked for if it is odd.
   */
  private static Extent padded(int length, int pixels, int outputs) {
    int padding = (length - pixels) / 2;
    return new Extent(-padding, pixels + 2 * padding, pixels, outputs);
  }

  private Pixels run(AxisWeights down) {
    int height = down.outputs();
    int length = width * channels;
    float[] values = new float[Math.multiplyExact(height, length)];
    double[] sums = new double[length];
    for (int y = 0; y < height; y++) {
      double[] weights = down.weights(y);
      Arrays.fill(sums, 0);
      for (int k = 0; k < weights.length; k++) {
        float[] source = row(down.first(y) + k);
        for (int i = 0; i < length; i++) {
          sums[i] += weights[k] * source[i];
        }
      }
      for (int i = 0; i < length; i++) {
        values[y * length + i] = finished(sums[i]);
      }
    }
    if (premultiplies) {
      Alpha.divide(values);
    }
    return new Pixels(height, width, channels, values);
  }

  /** A row of the image, as wide as the new one. */
  private float[] row(int y) {
    int place = y % rows.length;
    if (held[place] != y) {
      if (rows[place] == null) {
        rows[place] = new float[width * channels];
      }
      image.row(y, row);
      if (premultiplies) {
        Alpha.multiply(row);
      }
      resample(rows[place]);
      held[place] = y;
    }
    return rows[place];
  }

  private void resample(float[] target) {
    for (int x = 0; x < width; x++) {
      double[] weights = across.weights(x);
      int first = across.first(x) * channels;
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          sum += weights[k] * row[first + k * channels + c];
        }
        target[x * channels + c] = finished(sum);
      }
    }
  }

  private float finished(double sum) {
    return (float) (pillow ? Math.max(0, Math.min(255, Math.floor((sum + HALF) / ONE))) : sum);
  }
}
