package org.conv4j.image;

/**
 * Bilinear resizing as {@code keras.ops.image.resize} and {@code image_dataset_from_directory} do
 * it: pixels are squares, samples their centres, and nothing is smoothed when an image shrinks. The
 * proportions of the image are not kept.
 */
final class Resampling {
  private Resampling() {}

  static Pixels bilinear(Samples image, int height, int width) {
    int channels = image.channels();
    float[] values = new float[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
    float[] upper = new float[image.width() * channels];
    float[] lower = new float[upper.length];
    int upperRow = -1;
    int lowerRow = -1;
    for (int y = 0; y < height; y++) {
      float at = centre(y, height, image.height());
      int above = (int) at;
      int below = Math.min(above + 1, image.height() - 1);
      if (above != upperRow) {
        if (above == lowerRow) {
          float[] swapped = upper;
          upper = lower;
          lower = swapped;
          lowerRow = -1;
        } else {
          image.row(above, upper);
        }
        upperRow = above;
      }
      if (below != lowerRow) {
        image.row(below, lower);
        lowerRow = below;
      }
      for (int x = 0; x < width; x++) {
        float across = centre(x, width, image.width());
        int left = (int) across;
        int right = Math.min(left + 1, image.width() - 1);
        for (int c = 0; c < channels; c++) {
          float top = between(upper, left, right, across - left, channels, c);
          float bottom = between(lower, left, right, across - left, channels, c);
          values[(y * width + x) * channels + c] = top + (bottom - top) * (at - above);
        }
      }
    }
    return new Pixels(height, width, channels, values);
  }

  /** Where the centre of a new pixel lies among the old ones, kept inside the image. */
  private static float centre(int index, int count, int oldCount) {
    double position = (index + 0.5) * oldCount / count - 0.5;
    return (float) Math.min(Math.max(position, 0), oldCount - 1.0);
  }

  private static float between(
      float[] row, int left, int right, float share, int channels, int channel) {
    float from = row[left * channels + channel];
    return from + (row[right * channels + channel] - from) * share;
  }
}
