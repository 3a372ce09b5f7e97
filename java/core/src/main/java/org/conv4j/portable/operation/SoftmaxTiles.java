package org.conv4j.portable.operation;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Softmax;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.JavaCosts;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A softmax, some of the leading dimensions' elements at a time. */
public final class SoftmaxTiles implements Tiles {
  /** A tile has at least about this many elements. */
  private static final int TILE = 4096;

  private final DataType dataType;
  private final boolean log;
  private final int length;
  private final int stride;
  private final int blocks;
  private final int blocksPerTile;

  private SoftmaxTiles(Softmax op, DataType dataType) {
    this.dataType = dataType;
    this.log = op.log();
    this.length = op.input().intDim(op.axis());
    int inner = 1;
    for (int axis = op.axis() + 1; axis < op.input().rank(); axis++) {
      inner *= op.input().intDim(axis);
    }
    this.stride = inner;
    this.blocks = (int) (op.input().elementCount() / (length * stride));
    this.blocksPerTile = Math.min(blocks, 1 + TILE / (length * stride));
  }

  public static CompiledOp compile(Softmax op, DataType dataType, CompileOptions options) {
    SoftmaxTiles tiles = new SoftmaxTiles(op, dataType);
    int threads = Threads.forWork(options, JavaCosts.SOFTMAX * op.input().elementCount());
    return new TiledOp("softmax", "java:softmax", tiles, Math.min(threads, tiles.count()));
  }

  @Override
  public int count() {
    return (blocks + blocksPerTile - 1) / blocksPerTile;
  }

  @Override
  public Worker newWorker() {
    Rows row = Rows.allocate(dataType, 1, blocksPerTile * length * stride);
    return (tile, inputs, output) -> run(tile, row, inputs[0], output);
  }

  private void run(int tile, Rows row, Tensor input, Tensor output) {
    int block = length * stride;
    int from = tile * blocksPerTile * block;
    int count = Math.min(blocksPerTile, blocks - tile * blocksPerTile) * block;
    row.read(input, from, 0, 0, count);
    for (int begin = 0; begin < count; begin += block) {
      for (int first = begin; first < begin + stride; first++) {
        row.softmax(0, first, length, stride, log);
      }
    }
    row.write(output, from, 0, 0, count);
  }
}
