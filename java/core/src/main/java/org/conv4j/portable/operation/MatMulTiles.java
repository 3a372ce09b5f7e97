package org.conv4j.portable.operation;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.MatMul;
import org.conv4j.portable.convolution.KernelValues;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Products of matrices, some columns of one of them at a time, with vectors of columns. */
public final class MatMulTiles implements Tiles {
  /** So many columns of a matrix stay in the cache, and vectors are used well. */
  private static final int COLUMNS = 256;

  /** How many rows of the right matrix are used for all rows of the left one before the next. */
  private static final int DEPTH_AT_ONCE = 32 * Rows.DEPTH;

  private final MatMul op;
  private final DataType dataType;
  private final int rows;
  private final int depth;
  private final int columns;
  private final int columnsPerTile;
  private final int columnTiles;

  private MatMulTiles(MatMul op, DataType dataType) {
    this.op = op;
    this.dataType = dataType;
    rows = op.left().intDim(1);
    depth = op.left().intDim(2);
    columns = op.right().intDim(2);
    columnsPerTile = Math.min(columns, COLUMNS);
    columnTiles = (columns + columnsPerTile - 1) / columnsPerTile;
  }

  public static CompiledOp compile(MatMul op, DataType dataType, CompileOptions options) {
    MatMulTiles tiles = new MatMulTiles(op, dataType);
    int threads = Threads.forWork(options, op.flops());
    return new TiledOp(
        "matmul", "java:columns-" + tiles.columnsPerTile, tiles, Math.min(threads, tiles.count()));
  }

  @Override
  public int count() {
    return op.left().intDim(0) * columnTiles;
  }

  @Override
  public Worker newWorker() {
    return new Buffers();
  }

  private final class Buffers implements Worker {
    private final int part = Math.min(DEPTH_AT_ONCE, KernelValues.padded(depth));
    private final Rows right = Rows.allocate(dataType, part, columnsPerTile);
    private final Rows left = Rows.allocate(dataType, 1, part);
    private final Rows zeros = Rows.allocate(dataType, 1, Rows.DEPTH);
    private final Rows multiples = Rows.allocate(dataType, 1, part * Rows.BLOCK);
    private final Rows sums = Rows.allocate(dataType, rows, columnsPerTile);

    @Override
    public void run(int tile, Tensor[] inputs, Tensor output) {
      int batch = tile / columnTiles;
      int firstColumn = tile % columnTiles * columnsPerTile;
      int count = Math.min(columnsPerTile, columns - firstColumn);
      sums.fill(0, rows, 0, count, 0);
      for (int k = 0; k < depth; k += part) {
        int taken = Math.min(part, depth - k);
        for (int i = 0; i < taken; i++) {
          right.read(inputs[1], (batch * depth + k + i) * columns + firstColumn, i, 0, count);
        }
        right.fill(taken, KernelValues.padded(taken) - taken, 0, count, 0);
        for (int row = 0; row < rows; row += Rows.BLOCK) {
          addProducts(batch, row, k, taken, count, inputs[0]);
        }
      }
      for (int row = 0; row < rows; row++) {
        sums.write(output, (batch * rows + row) * columns + firstColumn, row, 0, count);
      }
    }

    private void addProducts(int batch, int row, int k, int taken, int count, Tensor input) {
      int size = Math.min(Rows.BLOCK, rows - row);
      for (int i = 0; i < size; i++) {
        left.read(input, (batch * rows + row + i) * depth + k, 0, 0, taken);
        multiples.interleave(0, 0, i, size, left, taken);
        multiples.interleave(0, taken, i, size, zeros, KernelValues.padded(taken) - taken);
      }
      int padded = KernelValues.padded(taken);
      sums.addProducts(row, size, right, 0, padded, multiples, 0, 0, count);
    }
  }
}
