package org.conv4j.portable.operation;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Gather;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.JavaCosts;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Rows of a table, some of them at a time, long ones in pieces. */
public final class GatherTiles implements Tiles {
  /** A tile has about this many elements. */
  private static final int TILE = 4096;

  private final DataType dataType;
  private final int rows;
  private final int columns;
  private final int count;
  private final int piece;
  private final int indicesPerTile;

  private GatherTiles(Gather op, DataType dataType) {
    this.dataType = dataType;
    rows = op.table().intDim(0);
    columns = op.table().intDim(1);
    count = Math.toIntExact(op.indices().elementCount());
    piece = Math.min(columns, TILE);
    indicesPerTile = Math.min(count, Math.max(1, TILE / columns));
  }

  public static CompiledOp compile(Gather op, DataType dataType, CompileOptions options) {
    GatherTiles tiles = new GatherTiles(op, dataType);
    int threads = Threads.forWork(options, JavaCosts.COPY * op.output().elementCount());
    return new TiledOp("gather", "java:rows", tiles, Math.min(threads, tiles.count()));
  }

  @Override
  public int count() {
    return (count + indicesPerTile - 1) / indicesPerTile;
  }

  @Override
  public Worker newWorker() {
    Rows indices = Rows.allocate(dataType, 1, indicesPerTile);
    Rows row = Rows.allocate(dataType, 1, piece);
    return (tile, inputs, output) -> run(tile, indices, row, inputs, output);
  }

  private void run(int tile, Rows indices, Rows row, Tensor[] inputs, Tensor output) {
    int first = tile * indicesPerTile;
    int taken = Math.min(indicesPerTile, count - first);
    indices.read(inputs[1], first, 0, 0, taken);
    for (int i = 0; i < taken; i++) {
      int from = Gather.row(indices.get(0, i), rows);
      for (int at = 0; at < columns; at += piece) {
        int size = Math.min(piece, columns - at);
        if (from < 0) {
          row.fill(0, 1, 0, size, Double.NaN);
        } else {
          row.read(inputs[0], from * columns + at, 0, 0, size);
        }
        row.write(output, (first + i) * columns + at, 0, 0, size);
      }
    }
  }
}
