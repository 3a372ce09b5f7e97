package org.conv4j.portable.operation;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Resize;
import org.conv4j.op.ResizeWeights;
import org.conv4j.portable.convolution.Geometry;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.JavaCosts;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A resize as parts of the output's rows: first the rows that a row of the output reads are summed
 * up, then the columns.
 */
public final class ResizeTiles implements Tiles {
  /** About how many elements of the output a tile has at least, if there are as many. */
  private static final int TILE = 4096;

  /** Where more inputs than that lie between two columns, a tile of one column is faster. */
  private static final int MOST_INPUTS_FOR_A_COLUMN = 16;

  private final DataType dataType;
  private final Geometry geometry;
  private final int channels;
  private final ResizeWeights depth;
  private final ResizeWeights height;
  private final ResizeWeights width;

  private final int columns;
  private final int columnsPerTile;
  private final int columnTiles;
  private final int rows;
  private final int rowsPerTile;

  private ResizeTiles(Resize op, DataType dataType) {
    this.dataType = dataType;
    geometry = Geometry.of(op);
    channels = geometry.channels();
    depth = interpolation(op, Geometry.DEPTH);
    height = interpolation(op, Geometry.HEIGHT);
    width = interpolation(op, Geometry.WIDTH);
    columns = geometry.outputs()[Geometry.WIDTH];
    columnsPerTile = isSparse() ? 1 : Math.min(columns, 1 + TILE / channels);
    columnTiles = ceilDiv(columns, columnsPerTile);
    rows =
        geometry.batch() * geometry.outputs()[Geometry.DEPTH] * geometry.outputs()[Geometry.HEIGHT];
    rowsPerTile = Math.min(rows, 1 + TILE / (columnsPerTile * channels));
  }

  /** A tile sums up whole rows between its first input and its last, used or not. */
  private boolean isSparse() {
    return geometry.inputs()[Geometry.WIDTH] / columns > MOST_INPUTS_FOR_A_COLUMN;
  }

  private ResizeWeights interpolation(Resize op, int axis) {
    return ResizeWeights.of(op, geometry.inputs()[axis], geometry.outputs()[axis]);
  }

  public static CompiledOp compile(Resize op, DataType dataType, CompileOptions options) {
    ResizeTiles tiles = new ResizeTiles(op, dataType);
    int threads = Threads.forWork(options, JavaCosts.RESIZE * op.output().elementCount());
    return new TiledOp(
        "resize",
        "java:rows-%dx%d".formatted(tiles.rowsPerTile, tiles.columnsPerTile),
        tiles,
        Math.min(threads, tiles.count()));
  }

  @Override
  public int count() {
    return ceilDiv(rows, rowsPerTile) * columnTiles;
  }

  @Override
  public Worker newWorker() {
    return new Buffers();
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /** The first input that a tile's columns read. */
  private int firstInput(int firstColumn) {
    return width.input(firstColumn, 0);
  }

  /** How many neighbouring inputs a tile's columns read. */
  private int inputs(int firstColumn) {
    int last = Math.min(columns, firstColumn + columnsPerTile) - 1;
    return width.input(last, width.taps() - 1) + 1 - firstInput(firstColumn);
  }

  private int mostInputs() {
    int most = 0;
    for (int first = 0; first < columns; first += columnsPerTile) {
      most = Math.max(most, inputs(first));
    }
    return most;
  }

  private final class Buffers implements Worker {
    private final Rows source = Rows.allocate(dataType, 1, mostInputs() * channels);
    private final Rows sum = Rows.allocate(dataType, 1, mostInputs() * channels);
    private final Rows result = Rows.allocate(dataType, 1, columnsPerTile * channels);

    @Override
    public void run(int tile, Tensor[] inputs, Tensor output) {
      int firstColumn = tile % columnTiles * columnsPerTile;
      int count = Math.min(columnsPerTile, columns - firstColumn);
      int end = Math.min(rows, (tile / columnTiles + 1) * rowsPerTile);
      for (int row = tile / columnTiles * rowsPerTile; row < end; row++) {
        int h = row % geometry.outputs()[Geometry.HEIGHT];
        int slab = row / geometry.outputs()[Geometry.HEIGHT];
        int d = slab % geometry.outputs()[Geometry.DEPTH];
        int n = slab / geometry.outputs()[Geometry.DEPTH];
        addRows(n, d, h, firstColumn, inputs[0]);
        result.fill(0, 1, 0, count * channels, 0);
        for (int tap = 0; tap < width.taps(); tap++) {
          int firstInput = firstInput(firstColumn);
          result.addPixels(0, firstColumn, count, sum, firstInput, width, tap, channels);
        }
        int to = geometry.outputAt(n, d, h, firstColumn);
        result.write(output, to, 0, 0, count * channels);
      }
    }

    /** Sums up parts of all rows that an output row reads. */
    private void addRows(int n, int d, int h, int firstColumn, Tensor input) {
      int count = inputs(firstColumn) * channels;
      sum.fill(0, 1, 0, count, 0);
      for (int depthTap = 0; depthTap < depth.taps(); depthTap++) {
        for (int heightTap = 0; heightTap < height.taps(); heightTap++) {
          double weight = depth.weight(d, depthTap) * height.weight(h, heightTap);
          int id = depth.input(d, depthTap);
          int ih = height.input(h, heightTap);
          int from = geometry.inputAt(n, id, ih, firstInput(firstColumn));
          source.read(input, from, 0, 0, count);
          sum.addMultiple(0, source, 0, weight, count);
        }
      }
    }
  }
}
