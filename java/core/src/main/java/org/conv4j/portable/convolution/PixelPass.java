package org.conv4j.portable.convolution;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.portable.rows.Rows;
import org.conv4j.tensor.DataType;

/**
 * The plan of the outputs that share one sampling of the depth and one of the height: how they are
 * cut into tiles, how the input of a tile is laid out, and the weights in the order of use.
 *
 * <p>A tile is a rectangle of one output image. Its input is split by channel and by residue class
 * into <em>planes</em>, all of one pitch, so that what one tap reads for the whole tile, rows and
 * all, is a single run of numbers. The run also covers the columns between the rows, whose results
 * are dropped; where a wide dilation makes them many, the run is copied row by row without them.
 */
final class PixelPass {
  /** From this many rectangles for each thread on, the last ones to finish do not matter. */
  private static final int MANY = 4;

  /** Where the columns between the rows would be more than this part, they are left out. */
  private static final float WIDE = 1.3f;

  /** A part of the filters is written pixel by pixel, which takes some of them to pay. */
  private static final int LEAST_FILTERS = 16;

  final Geometry geometry;
  final Sampling depth;
  final Sampling height;
  final List<WidthPart> widths;
  final Lattice rows;
  final Lattice columns;
  final int tileRows;
  final int tileColumns;
  final int pitch;

  /** The distance of rows in a run. */
  final int runPitch;

  final int planeRows;

  private final int rowTiles;
  private final int columnTiles;

  /** How many tiles share the filters of one rectangle. */
  private final int filterParts;

  /**
   * The outputs of one sampling of the width.
   *
   * @param sampling the sampling
   * @param runs for each tap, where its run starts in a channel's planes
   * @param piece how much of a run is copied before the rest of a plane's row is skipped
   * @param pitch the distance of the pieces
   * @param weights a row for each block of filters, see {@link Rows#addProducts}
   */
  record WidthPart(Sampling sampling, int[] runs, int piece, int pitch, Rows weights) {}

  PixelPass(
      Geometry geometry,
      DataType dataType,
      KernelValues kernel,
      Sampling depth,
      Sampling height,
      TileSize size,
      int threads) {
    this.geometry = geometry;
    this.depth = depth;
    this.height = height;
    List<Sampling> samplings = geometry.samplings(Geometry.WIDTH);
    rows = new Lattice(List.of(height));
    columns = new Lattice(samplings);
    int allColumns = samplings.get(0).count();
    tileColumns = size.columns(allColumns);
    columnTiles = ceilDiv(allColumns, tileColumns);
    pitch = columns.extent(tileColumns);
    runPitch = pitch > WIDE * tileColumns ? tileColumns : pitch;
    tileRows = size.rows(height.count(), runPitch);
    rowTiles = ceilDiv(height.count(), tileRows);
    planeRows = rows.extent(tileRows);
    filterParts = filterParts(threads);
    widths = new ArrayList<>();
    for (Sampling width : samplings) {
      widths.add(part(dataType, kernel, width));
    }
  }

  /** Threads that find no rectangle of their own share the filters, if that balances the work. */
  private int filterParts(int threads) {
    int rectangles = rectangles();
    boolean balanced = rectangles % threads == 0 || rectangles >= MANY * threads;
    return balanced ? 1 : Math.max(1, Math.min(threads, geometry.filters() / LEAST_FILTERS));
  }

  private int rectangles() {
    return geometry.batch() * depth.count() * rowTiles * columnTiles;
  }

  int tiles() {
    return rectangles() * filterParts;
  }

  int image(int tile) {
    return tile / (filterParts * columnTiles * rowTiles * depth.count());
  }

  int depthOf(int tile) {
    return tile / (filterParts * columnTiles * rowTiles) % depth.count();
  }

  int firstRow(int tile) {
    return tile / (filterParts * columnTiles) % rowTiles * tileRows;
  }

  int firstColumn(int tile) {
    return tile / filterParts % columnTiles * tileColumns;
  }

  /** The first block of filters of a tile; blocks are counted through all groups. */
  int firstBlock(int tile) {
    return (int) ((long) blocks() * (tile % filterParts) / filterParts);
  }

  /** The end of the blocks of filters of a tile. */
  int endBlock(int tile) {
    return (int) ((long) blocks() * (tile % filterParts + 1) / filterParts);
  }

  /** The first filter of a block, or the number of filters for the end of the blocks. */
  int firstFilter(int block) {
    int perGroup = KernelValues.blocks(geometry.filtersPerGroup());
    return block / perGroup * geometry.filtersPerGroup() + block % perGroup * Rows.BLOCK;
  }

  private int blocks() {
    return geometry.groups() * KernelValues.blocks(geometry.filtersPerGroup());
  }

  /** Where a plane row starts in a channel's planes. */
  int planeAt(int slab, int rowClass, int columnClass, int row) {
    return (((slab * rows.classes() + rowClass) * columns.classes() + columnClass) * planeRows
            + row)
        * pitch;
  }

  /** How many rows the slabs of the kernel have together. */
  int kernelRows() {
    return depth.offsets().length * height.offsets().length;
  }

  /** Whether a row of the kernel reads any input in some rows of outputs, or padding only. */
  boolean readsHeight(int firstRow, int rows, int offset) {
    int inputs = geometry.inputs()[Geometry.HEIGHT];
    int step = height.inputStep();
    long first = (long) firstRow * step + offset;
    long last = first + (long) (rows - 1) * step;
    // The first place that is not above the input.
    long inside = first >= 0 ? first : first + (-first + step - 1) / step * step;
    return inside <= last && inside < inputs;
  }

  /** How many inputs all tiles split into planes, those that no tap reads included. */
  double inputsLoaded() {
    return (double) tiles() * tilePlanes();
  }

  /** How many products all tiles compute, those with padding included. */
  double products() {
    double perImage = 0;
    for (WidthPart width : widths) {
      perImage += (double) width.sampling().count() * width.runs().length;
    }
    return perImage
        * geometry.batch()
        * depth.count()
        * height.count()
        * geometry.filters()
        * geometry.channelsPerGroup();
  }

  /** How many numbers the planes of a tile hold, which an {@code int} may not count. */
  double tilePlanes() {
    return (double) depth.offsets().length
        * rows.classes()
        * columns.classes()
        * planeRows
        * pitch
        * geometry.channels();
  }

  int planesLength() {
    return planeAt(depth.offsets().length, 0, 0, 0);
  }

  /** The most numbers that a run covers. */
  int runLength() {
    return tileRows * runPitch;
  }

  /** The most inputs that one row of a tile reads, those between included. */
  int inputColumns() {
    return (int) Math.min(Integer.MAX_VALUE, (long) pitch * columns.step());
  }

  /** The most outputs of a tile in one row, over all samplings of the width. */
  int outputColumns() {
    return tileColumns * widths.get(0).sampling().step();
  }

  private WidthPart part(DataType dataType, KernelValues kernel, Sampling width) {
    int[] taps = geometry.taps(depth, height, width);
    int[] runs = new int[taps.length];
    int i = 0;
    for (int d = 0; d < depth.offsets().length; d++) {
      for (int row : height.offsets()) {
        for (int column : width.offsets()) {
          runs[i++] =
              planeAt(d, rows.classOf(row), columns.classOf(column), rows.positionOf(row))
                  + columns.positionOf(column);
        }
      }
    }
    int piece = runPitch == pitch ? Integer.MAX_VALUE : runPitch;
    return new WidthPart(width, runs, piece, pitch, kernel.packed(dataType, geometry, taps));
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
