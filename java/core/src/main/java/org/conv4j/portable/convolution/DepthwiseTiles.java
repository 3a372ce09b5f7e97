package org.conv4j.portable.convolution;

import org.conv4j.activation.Elementwise;
import org.conv4j.machine.Machine;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;

/**
 * A depthwise convolution as rectangles of pixels, and the weights and biases repeated for each
 * pixel of a rectangle's row.
 */
final class DepthwiseTiles implements Tiles {
  private static final int ROW_LENGTH = 2048;

  final Geometry geometry;
  final DataType dataType;
  final Elementwise activation;

  /** Whether a second input is added before the activation. */
  final boolean residual;

  final Sampling depth;
  final Sampling height;
  final Sampling width;
  final Lattice rows;
  final int tileRows;
  final int tileColumns;

  /** For each tap, the row of the shifted input that a tile's first output row reads. */
  final int[] taps;

  /** A row for each tap, then zeros. */
  final Rows weights;

  final Rows bias;
  final int paddedTaps;

  private final int rowTiles;
  private final int columnTiles;

  DepthwiseTiles(
      Geometry geometry,
      DataType dataType,
      KernelValues kernel,
      Elementwise activation,
      boolean residual,
      int threads) {
    this.residual = residual;
    this.geometry = geometry;
    this.dataType = dataType;
    this.activation = activation;
    depth = geometry.samplings(Geometry.DEPTH).get(0);
    height = geometry.samplings(Geometry.HEIGHT).get(0);
    width = geometry.samplings(Geometry.WIDTH).get(0);
    rows = new Lattice(geometry.samplings(Geometry.HEIGHT));
    int filters = geometry.filters();
    int parts = Math.max(1, Math.round((float) width.count() * filters / ROW_LENGTH));
    tileColumns = ceilDiv(width.count(), Math.min(width.count(), parts));
    columnTiles = ceilDiv(width.count(), tileColumns);
    int shiftedRows = depth.offsets().length * rows.classes() * width.offsets().length;
    // A tile's shifted rows stay in the cache.
    int cached = TileSize.cached(Machine.host());
    int fitting = Math.max(4, cached / Math.max(1, shiftedRows * tileColumns * filters));
    int bands = Math.max(ceilDiv(height.count(), fitting), threads == 1 ? 1 : 2 * threads);
    tileRows = ceilDiv(height.count(), Math.min(height.count(), bands));
    rowTiles = ceilDiv(height.count(), tileRows);
    int[] kernelTaps = geometry.taps(depth, height, width);
    taps = shiftedTaps(kernelTaps.length);
    paddedTaps = KernelValues.padded(taps.length);
    weights = Rows.allocate(dataType, paddedTaps, tileColumns * filters);
    bias = Rows.allocate(dataType, 1, tileColumns * filters);
    for (int i = 0; i < tileColumns * filters; i++) {
      bias.set(0, i, kernel.bias()[i % filters]);
      for (int tap = 0; tap < taps.length; tap++) {
        weights.set(tap, i, kernel.get(kernelTaps[tap], 1, 0, i % filters));
      }
    }
  }

  private int[] shiftedTaps(int count) {
    int[] found = new int[count];
    int k = 0;
    for (int slab = 0; slab < depth.offsets().length; slab++) {
      for (int offset : height.offsets()) {
        for (int tap = 0; tap < width.offsets().length; tap++) {
          found[k++] = shifted(slab, rows.classOf(offset), rows.positionOf(offset), tap);
        }
      }
    }
    return found;
  }

  @Override
  public int count() {
    return geometry.batch() * depth.count() * rowTiles * columnTiles;
  }

  @Override
  public Worker newWorker() {
    return new DepthwiseWorker(this);
  }

  int image(int tile) {
    return tile / (columnTiles * rowTiles * depth.count());
  }

  int depthOf(int tile) {
    return tile / (columnTiles * rowTiles) % depth.count();
  }

  int firstRow(int tile) {
    return tile / columnTiles % rowTiles * tileRows;
  }

  int firstColumn(int tile) {
    return tile % columnTiles * tileColumns;
  }

  /** The row of the shifted input for a slab, a row of the lattice, and a tap along the width. */
  int shifted(int slab, int rowClass, int row, int tap) {
    return ((slab * rows.classes() + rowClass) * rows.extent(tileRows) + row)
            * width.offsets().length
        + tap;
  }

  /** Where the first tap along the width reads for output 0. */
  int firstOffset() {
    return width.offsets().length == 0 ? 0 : width.offsets()[0];
  }

  /** The most inputs that one row of a tile reads, those between included. */
  int inputColumns() {
    int count = width.offsets().length;
    long span = count == 0 ? 0 : (long) width.offsets()[count - 1] - firstOffset();
    long columns = (tileColumns - 1) * (long) width.inputStep() + span + 1;
    return (int) Math.min(geometry.inputs()[Geometry.WIDTH], columns);
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
