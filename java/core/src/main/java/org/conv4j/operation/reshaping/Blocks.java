package org.conv4j.operation.reshaping;

import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Images cut into square blocks.
 *
 * @param layer the layer's name
 * @param size the height and width of a block
 * @param format the position of the channels
 */
record Blocks(String layer, int size, DataFormat format) {
  private static final int RANK = 4;
  private static final IntTuple TO_LAST = IntTuple.of(0, 2, 3, 1);
  private static final IntTuple TO_FIRST = IntTuple.of(0, 3, 1, 2);

  Shape channelsLast(Shape seen) {
    if (seen.rank() != RANK) {
      throw new ShapeMismatchException(
          "Layer '%s' needs images, inputs of 4 dimensions; given %s.".formatted(layer, seen));
    }
    return format == DataFormat.CHANNELS_FIRST ? seen.permute(TO_LAST) : seen;
  }

  Shape seen(Shape channelsLast) {
    return format == DataFormat.CHANNELS_FIRST ? channelsLast.permute(TO_FIRST) : channelsLast;
  }

  /** The image with its channels last, stored as it is seen. */
  Value channelsLast(Lowering lowering, Value input) {
    channelsLast(input.shape());
    return format == DataFormat.CHANNELS_FIRST ? lowering.permute(layer, input, TO_LAST) : input;
  }

  Value seen(Lowering lowering, Value channelsLast) {
    return format == DataFormat.CHANNELS_FIRST
        ? lowering.permute(layer, channelsLast, TO_FIRST)
        : channelsLast;
  }

  /** The shape of an image whose channels become pixels. */
  Shape toSpace(Shape image) {
    long block = (long) size * size;
    long channels = image.extent(3);
    if (Extents.isKnown(channels) && channels % block != 0) {
      throw new ShapeMismatchException(
          "Layer '%s' needs a number of channels that is a multiple of %d; given %d."
              .formatted(layer, block, channels));
    }
    return Shape.open(
        image.extent(0),
        Extents.product(image.extent(1), size),
        Extents.product(image.extent(2), size),
        Extents.quotient(channels, block));
  }

  /** The shape of an image whose pixels become channels. */
  Shape toDepth(Shape image) {
    if (cutsBlocks(image.extent(1)) || cutsBlocks(image.extent(2))) {
      throw new ShapeMismatchException(
          "Layer '%s' needs a height and a width that are multiples of %d; given %d and %d."
              .formatted(layer, size, image.extent(1), image.extent(2)));
    }
    return Shape.open(
        image.extent(0),
        Extents.quotient(image.extent(1), size),
        Extents.quotient(image.extent(2), size),
        Extents.product(image.extent(3), (long) size * size));
  }

  private boolean cutsBlocks(long extent) {
    return Extents.isKnown(extent) && extent % size != 0;
  }
}
