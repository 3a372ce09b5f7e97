package org.conv4j.image;

import java.util.Arrays;
import java.util.Set;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/**
 * Where the pixels of an image are in a tensor.
 *
 * @param height the number of rows
 * @param width the number of pixels in a row
 * @param channels the elements of a pixel
 * @param format whether these are side by side, or each channel is a plane
 */
record PixelGrid(int height, int width, int channels, DataFormat format) {
  private static final Set<Long> OF_IMAGES = Set.of(1L, 3L, 4L);

  /**
   * Finds out from a tensor's shape: a batch of 1, rows, columns, channels; without the batch, or
   * without the channels.
   *
   * @param name what messages call the tensor
   * @param tensor the tensor
   * @param format where the channels are, or null for what the shape tells
   * @throws ShapeMismatchException if it is no image, or too large
   */
  static PixelGrid of(String name, Tensor tensor, DataFormat format) {
    Shape shape = tensor.shape();
    long[] dims = dims(name, shape);
    boolean first = OF_IMAGES.contains(dims[0]);
    boolean last = OF_IMAGES.contains(dims[2]);
    // A model's first dimension is the batch: (1, height, width) has no channels.
    boolean noChannels = shape.rank() == 3 && dims[0] == 1;
    if (format == null && first && !last && !noChannels) {
      throw refused(name, shape, "say where the channels are, first or last (--data-format)");
    }
    boolean planes = noChannels || format == DataFormat.CHANNELS_FIRST;
    long channels = dims[planes ? 0 : 2];
    if (shape.elementCount() == 0 || shape.elementCount() / channels > ImageFile.MAX_PIXELS) {
      throw refused(name, shape, "an image has 1 to %d pixels".formatted(ImageFile.MAX_PIXELS));
    }
    return planes
        ? new PixelGrid((int) dims[1], (int) dims[2], (int) channels, DataFormat.CHANNELS_FIRST)
        : new PixelGrid((int) dims[0], (int) dims[1], (int) channels, DataFormat.CHANNELS_LAST);
  }

  private static long[] dims(String name, Shape shape) {
    long[] dims = shape.toArray();
    if (dims.length == 4 && dims[0] == 1) {
      return Arrays.copyOfRange(dims, 1, 4);
    }
    if (dims.length != 3) {
      throw refused(
          name, shape, "an image is (1, height, width, channels), or that without the batch");
    }
    return dims;
  }

  static ShapeMismatchException refused(String name, Shape shape, String reason) {
    return new ShapeMismatchException(
        "The output '%s' has the shape %s: %s.".formatted(name, shape, reason));
  }

  int pixels() {
    return height * width;
  }

  /** The position of an element of a pixel. */
  int index(int pixel, int channel) {
    return format == DataFormat.CHANNELS_LAST
        ? pixel * channels + channel
        : channel * pixels() + pixel;
  }
}
