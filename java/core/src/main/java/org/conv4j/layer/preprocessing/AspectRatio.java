package org.conv4j.layer.preprocessing;

import org.conv4j.error.ShapeMismatchException;
import org.conv4j.op.Pad;
import org.conv4j.op.Slice;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/** The parts of an image that have another image's ratio of height to width. */
final class AspectRatio {
  private AspectRatio() {}

  /** The largest part in the middle of an image {@code (batch, height, width, channels)}. */
  static Slice crop(Shape image, int height, int width) {
    long cropHeight = Math.max(1, Math.min(image.dim(1), (long) image.intDim(2) * height / width));
    long cropWidth = Math.max(1, Math.min(image.dim(2), (long) image.intDim(1) * width / height));
    return middle(image, cropHeight, cropWidth);
  }

  /** A part in the middle of an image {@code (batch, height, width, channels)}. */
  static Slice middle(Shape image, long height, long width) {
    IntTuple begin =
        IntTuple.of(0, extent((image.dim(1) - height) / 2), extent((image.dim(2) - width) / 2), 0);
    Shape output = Shape.of(image.dim(0), height, width, image.dim(3));
    return new Slice(image, begin, IntTuple.filled(4, 1), output);
  }

  /** The smallest surroundings; as in Keras, both sides get equally much, rounded down. */
  static Pad pad(Shape image, int height, int width, double value) {
    long padHeight = Math.max(image.dim(1), (long) image.intDim(2) * height / width);
    long padWidth = Math.max(image.dim(2), (long) image.intDim(1) * width / height);
    IntTuple sides =
        IntTuple.of(
            0, extent((padHeight - image.dim(1)) / 2), extent((padWidth - image.dim(2)) / 2), 0);
    return new Pad(image, sides, sides, value);
  }

  private static int extent(long pixels) {
    if (pixels > Integer.MAX_VALUE) {
      throw new ShapeMismatchException(
          "A border of %d pixels is above the limit of %d.".formatted(pixels, Integer.MAX_VALUE));
    }
    return (int) pixels;
  }
}
