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
 * Images with fewer pixels and more channels, the inverse of {@link DepthToSpace}: {@code
 * space_to_depth}.
 *
 * @param name the layer's name
 * @param blockSize the height and width of a block, at least 1
 * @param dataFormat the position of the channels in input and output
 */
public record SpaceToDepth(String name, int blockSize, DataFormat dataFormat) implements Operation {
  private static final IntTuple SWAP_INNER = IntTuple.of(0, 2, 1, 3);

  /**
   * Checks the size.
   *
   * @param name see {@link #name}
   * @param blockSize see {@link #blockSize}
   * @param dataFormat see {@link #dataFormat}
   */
  public SpaceToDepth {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataFormat, "dataFormat");
    Arguments.positive(name, "block_size", blockSize);
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Blocks blocks = new Blocks(name, blockSize, dataFormat);
    return blocks.seen(blocks.toDepth(blocks.channelsLast(inputs.get(0))));
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Blocks blocks = new Blocks(name, blockSize, dataFormat);
    Value in = blocks.channelsLast(lowering, inputs.get(0));
    Shape image = in.shape();
    Shape depth = blocks.toDepth(image);
    long rows = depth.dim(0) * depth.dim(1);
    Shape split = Shape.of(rows, blockSize, depth.dim(2), (long) blockSize * image.dim(3));
    Value rowsOfBlocks = lowering.reshape(name, in, split);
    Value swapped = lowering.permute(name, rowsOfBlocks, SWAP_INNER);
    return blocks.seen(lowering, lowering.reshape(name, swapped, depth));
  }
}
