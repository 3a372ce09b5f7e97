package org.conv4j.portable.operation;

import java.util.Arrays;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.PoolingKind;
import org.conv4j.op.Pooling;
import org.conv4j.portable.convolution.Geometry;
import org.conv4j.portable.convolution.Sampling;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.JavaCosts;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Pooling as parts of the output's rows, with vectors of neighbouring pixels of all channels: first
 * all rows that a row of the output reads become one, then all columns.
 */
public final class PoolingTiles implements Tiles {
  /** About how many elements of the output a tile has at least, if there are as many. */
  private static final int TILE = 4096;

  private final DataType dataType;
  private final Geometry geometry;
  private final BinaryFunction join;
  private final double neutral;
  private final int channels;
  private final Sampling depth;
  private final Sampling height;
  private final Sampling width;

  /** For each element of an output row, how many columns it covers; none if nothing is divided. */
  private final Rows divisors;

  private final int columnsPerTile;
  private final int columnTiles;
  private final int rows;
  private final int rowsPerTile;

  private PoolingTiles(Pooling op, DataType dataType) {
    this.dataType = dataType;
    geometry = Geometry.of(op);
    boolean mean = op.kind() == PoolingKind.AVERAGE;
    join = mean ? BinaryFunction.ADD : BinaryFunction.MAXIMUM;
    neutral = mean ? 0 : dataType.lowest();
    channels = geometry.channels();
    depth = geometry.samplings(Geometry.DEPTH).get(0);
    height = geometry.samplings(Geometry.HEIGHT).get(0);
    width = geometry.samplings(Geometry.WIDTH).get(0);
    columnsPerTile = Math.min(width.count(), 1 + TILE / channels);
    columnTiles = ceilDiv(width.count(), columnsPerTile);
    rows = geometry.batch() * depth.count() * height.count();
    rowsPerTile = Math.min(rows, 1 + TILE / (columnsPerTile * channels));
    divisors = Rows.allocate(dataType, mean ? 1 : 0, width.count() * channels);
    for (int column = 0; column < width.count() && mean; column++) {
      int covered = covered(width, column, geometry.inputs()[Geometry.WIDTH]);
      divisors.fill(0, 1, column * channels, channels, covered);
    }
  }

  public static CompiledOp compile(Pooling op, DataType dataType, CompileOptions options) {
    PoolingTiles tiles = new PoolingTiles(op, dataType);
    int threads = Threads.forWork(options, JavaCosts.POOLING * op.input().elementCount());
    return new TiledOp(
        "pooling",
        "java:rows-%dx%d".formatted(tiles.rowsPerTile, tiles.columnsPerTile),
        tiles,
        Math.min(threads, tiles.count()));
  }

  /** How many taps of a sampling, whose offsets ascend, fall inside the input for one output. */
  private static int covered(Sampling sampling, int output, int inputs) {
    long begin = -(long) output * sampling.inputStep();
    return below(sampling.offsets(), begin + inputs) - below(sampling.offsets(), begin);
  }

  private static int below(int[] ascending, long bound) {
    int found = Arrays.binarySearch(ascending, (int) Math.max(bound, Integer.MIN_VALUE));
    return found < 0 ? -1 - found : found;
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

  private final class Buffers implements Worker {
    private final int firstOffset = Arrays.stream(width.offsets()).min().orElse(0);
    private final int lastOffset = Arrays.stream(width.offsets()).max().orElse(0);
    private final int span =
        Math.min(
            geometry.inputs()[Geometry.WIDTH],
            (columnsPerTile - 1) * width.inputStep() + lastOffset - firstOffset + 1);
    private final Rows source = newRow(span);
    private final Rows joined = newRow(span);
    private final Rows shifted = newRow(columnsPerTile);
    private final Rows covered = newRow(columnsPerTile);
    private final Rows result = newRow(columnsPerTile);

    private Rows newRow(int pixels) {
      return Rows.allocate(dataType, 1, pixels * channels);
    }

    @Override
    public void run(int tile, Tensor[] inputs, Tensor output) {
      int firstColumn = tile % columnTiles * columnsPerTile;
      int columns = Math.min(columnsPerTile, width.count() - firstColumn);
      int end = Math.min(rows, (tile / columnTiles + 1) * rowsPerTile);
      for (int row = tile / columnTiles * rowsPerTile; row < end; row++) {
        int h = row % height.count();
        int d = row / height.count() % depth.count();
        int n = row / (height.count() * depth.count());
        int begin = firstColumn * width.inputStep() + firstOffset;
        int first = Math.max(0, begin);
        int last = begin + (columns - 1) * width.inputStep() + lastOffset - firstOffset;
        int read = Math.min(geometry.inputs()[Geometry.WIDTH], last + 1) - first;
        int joinedRows = joinRows(n, d, h, first, read, inputs[0]);
        joinColumns(firstColumn, columns, first);
        if (join == BinaryFunction.ADD) {
          divide(firstColumn * channels, columns * channels, joinedRows);
        }
        int to = geometry.outputAt(n, d, h, firstColumn);
        result.write(output, to, 0, 0, columns * channels);
      }
    }

    /** Makes one row of parts of all rows that an output row reads. Returns their number. */
    private int joinRows(int n, int d, int h, int firstColumn, int columns, Tensor input) {
      int found = 0;
      for (int depthOffset : depth.offsets()) {
        int id = d * depth.inputStep() + depthOffset;
        for (int heightOffset : height.offsets()) {
          int ih = h * height.inputStep() + heightOffset;
          if (geometry.isInside(id, ih, firstColumn)) {
            int from = geometry.inputAt(n, id, ih, firstColumn);
            Rows target = found == 0 ? joined : source;
            target.read(input, from, 0, 0, columns * channels);
            if (join == BinaryFunction.MAXIMUM) {
              target.replaceNaN(0, columns * channels, neutral);
            }
            if (found > 0) {
              joined.combine(join, 0, source, 0, columns * channels);
            }
            found++;
          }
        }
      }
      return found;
    }

    private void joinColumns(int firstColumn, int columns, int firstInput) {
      int step = width.inputStep();
      int extent = geometry.inputs()[Geometry.WIDTH];
      result.fill(0, 1, 0, columns * channels, neutral);
      for (int offset : width.offsets()) {
        int first = firstColumn * step + offset;
        int inside = Math.min(columns, Math.max(0, -Math.floorDiv(first, step)));
        int beyond = Math.max(inside, Math.min(columns, -Math.floorDiv(first - extent, step)));
        shifted.fill(0, 1, 0, inside * channels, neutral);
        int from = (first + inside * step - firstInput) * channels;
        int count = beyond - inside;
        if (count > 0 && step == 1) {
          shifted.copy(0, inside * channels, joined, 0, from, count * channels);
        } else if (count > 0) {
          shifted.copyPixels(0, inside * channels, joined, from, count, channels, step);
        }
        shifted.fill(0, 1, beyond * channels, (columns - beyond) * channels, neutral);
        result.combine(join, 0, shifted, 0, columns * channels);
      }
    }

    private void divide(int from, int count, int joinedRows) {
      shifted.fill(0, 1, 0, count, joinedRows);
      covered.copy(0, 0, divisors, 0, from, count);
      shifted.combine(BinaryFunction.MULTIPLY, 0, covered, 0, count);
      result.combine(BinaryFunction.DIVIDE, 0, shifted, 0, count);
    }
  }
}
