package org.conv4j.operation.reshaping;

import java.util.List;
import java.util.Objects;
import org.conv4j.layer.Arguments;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Operation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Images with fewer channels and more pixels: the channels of a pixel become a square block of
 * pixels, {@code depth_to_space}. Channel {@code (y * block + x) * channels + c} becomes channel c
 * of the pixel y, x of the block, in both data formats.
 *
 * @param name the layer's name
 * @param blockSize the height and width of a block, at least 1
 * @param dataFormat the position of the channels in input and output
 */
public record DepthToSpace(String name, int blockSize, DataFormat dataFormat) implements Operation {
  private static final IntTuple SWAP_INNER = IntTuple.of(0, 2, 1, 3);

  /**
   * Checks the size.
   *
   * @param name see {@link #name}
   * @param blockSize see {@link #blockSize}
   * @param dataFormat see {@link #dataFormat}
   */
  public DepthToSpace {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataFormat, "dataFormat");
    Arguments.positive(name, "block_size", blockSize);
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Blocks blocks = new Blocks(name, blockSize, dataFormat);
    return blocks.seen(blocks.toSpace(blocks.channelsLast(inputs.get(0))));
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Blocks blocks = new Blocks(name, blockSize, dataFormat);
    Value in = blocks.channelsLast(lowering, inputs.get(0));
    Shape image = in.shape();
    Shape space = blocks.toSpace(image);
    // Rows of pixels, each of which holds the rows of its blocks.
    long rows = image.dim(0) * image.dim(1);
    Shape split = Shape.of(rows, image.dim(2), blockSize, (long) blockSize * space.dim(3));
    Value rowsOfBlocks = lowering.reshape(name, in, split);
    Value swapped = lowering.permute(name, rowsOfBlocks, SWAP_INNER);
    return blocks.seen(lowering, lowering.reshape(name, swapped, space));
  }
}
