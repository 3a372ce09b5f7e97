package org.conv4j.portable;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.tensor.DataType;

/**
 * The plan of the outputs that share one sampling of the depth and one of the height: how they are
 * cut into tiles, how the input of a tile is laid out, and the weights in the order of use.
 *
 * <p>A tile is a rectangle of one output image. Its input is split by channel and by residue class
 * into <em>planes</em>, all of one pitch, so that what one tap reads for the whole tile, rows and
 * all, is a single run of numbers. The run also covers the few columns between the rows, whose
 * results are dropped.
 */
final class PixelPass {
  final Geometry geometry;
  final Sampling depth;
  final Sampling height;
  final List<WidthPart> widths;
  final Lattice rows;
  final Lattice columns;
  final int tileRows;
  final int tileColumns;
  final int pitch;
  final int planeRows;

  private final int rowTiles;
  private final int columnTiles;

  /**
   * The outputs of one sampling of the width.
   *
   * @param sampling the sampling
   * @param runs for each tap, where its run starts in a channel's planes
   * @param weights a row for each block of filters, see {@link Rows#addProducts}
   */
  record WidthPart(Sampling sampling, int[] runs, Rows weights) {}

  PixelPass(
      Geometry geometry,
      DataType dataType,
      KernelValues kernel,
      Sampling depth,
      Sampling height,
      TileSize size) {
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
    tileRows = size.rows(height.count(), pitch);
    rowTiles = ceilDiv(height.count(), tileRows);
    planeRows = rows.extent(tileRows);
    widths = new ArrayList<>();
    for (Sampling width : samplings) {
      widths.add(part(dataType, kernel, width));
    }
  }

  int tiles() {
    return geometry.batch() * depth.count() * rowTiles * columnTiles;
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

  /** Where a plane row starts in a channel's planes. */
  int planeAt(int slab, int rowClass, int columnClass, int row) {
    return (((slab * rows.classes() + rowClass) * columns.classes() + columnClass) * planeRows
            + row)
        * pitch;
  }

  int planesLength() {
    return planeAt(depth.offsets().length, 0, 0, 0);
  }

  /** The most numbers that a run covers. */
  int runLength() {
    return tileRows * pitch;
  }

  /** The most outputs of a tile in one row, over all samplings of the width. */
  int outputColumns() {
    return tileColumns * widths.get(0).sampling().step();
  }

  private WidthPart part(DataType dataType, KernelValues kernel, Sampling width) {
    int[] runs = new int[depth.offsets().length * height.offsets().length * width.offsets().length];
    int[] taps = new int[runs.length];
    int i = 0;
    for (int d = 0; d < depth.offsets().length; d++) {
      for (int h = 0; h < height.offsets().length; h++) {
        int row = height.offsets()[h];
        for (int w = 0; w < width.offsets().length; w++) {
          int column = width.offsets()[w];
          runs[i] =
              planeAt(d, rows.classOf(row), columns.classOf(column), rows.positionOf(row))
                  + columns.positionOf(column);
          taps[i] = geometry.tap(depth.taps()[d], height.taps()[h], width.taps()[w]);
          i++;
        }
      }
    }
    return new WidthPart(width, runs, kernel.packed(dataType, geometry, taps));
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
