package org.conv4j.portable.convolution;

import org.conv4j.function.BinaryFunction;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.Tensor;

/** One thread's buffers for tiles of a depthwise convolution, and the computation of one tile. */
final class DepthwiseWorker implements Tiles.Worker {
  private final DepthwiseTiles op;
  private final Geometry geometry;
  private final Rows source;
  private final Rows shifted;
  private final Rows operands;
  private final Rows zeros;
  private final Rows sums;
  private final Rows residual;

  DepthwiseWorker(DepthwiseTiles op) {
    this.op = op;
    this.geometry = op.geometry;
    int length = op.tileColumns * geometry.filters();
    source = Rows.allocate(op.dataType, 1, op.inputColumns() * geometry.channels());
    shifted = Rows.allocate(op.dataType, op.shifted(op.depth.offsets().length, 0, 0, 0), length);
    operands = Rows.allocate(op.dataType, op.paddedTaps, 0);
    zeros = Rows.allocate(op.dataType, 1, length);
    sums = Rows.allocate(op.dataType, 1, length);
    residual = Rows.allocate(op.dataType, 1, op.residual ? length : 0);
    for (int k = 0; k < op.paddedTaps; k++) {
      operands.share(k, zeros, 0);
    }
  }

  @Override
  public void run(int tile, Tensor[] inputs, Tensor output) {
    int n = op.image(tile);
    int depth = op.depthOf(tile);
    int firstRow = op.firstRow(tile);
    int firstColumn = op.firstColumn(tile);
    int rows = Math.min(op.tileRows, op.height.count() - firstRow);
    int columns = Math.min(op.tileColumns, op.width.count() - firstColumn);
    int length = columns * geometry.filters();
    load(n, depth, firstRow, rows, firstColumn, columns, inputs[0]);
    for (int row = 0; row < rows; row++) {
      bind(row);
      sums.copy(0, 0, op.bias, 0, 0, length);
      for (int k = 0; k < op.paddedTaps; k += Rows.DEPTH) {
        sums.addElementProducts(0, operands, k, op.weights, k, length);
      }
      int to = geometry.outputAt(n, depth, firstRow + row, firstColumn);
      if (op.residual) {
        residual.read(inputs[1], to, 0, 0, length);
        sums.combine(BinaryFunction.ADD, 0, residual, 0, length);
      }
      sums.apply(0, 1, length, op.activation);
      sums.write(output, to, 0, 0, length);
    }
  }

  /** Chooses the shifted rows that one output row reads, in the order of the taps. */
  private void bind(int row) {
    for (int k = 0; k < op.taps.length; k++) {
      operands.share(k, shifted, op.taps[k] + row * op.width.offsets().length);
    }
  }

  /** Copies each row of a tile's input once for each tap along the width, shifted by the tap. */
  private void load(
      int n, int depth, int firstRow, int rows, int firstColumn, int columns, Tensor input) {
    for (int slab = 0; slab < op.depth.offsets().length; slab++) {
      int d = depth * op.depth.inputStep() + op.depth.offsets()[slab];
      for (int rowClass = 0; rowClass < op.rows.classes(); rowClass++) {
        for (int row = 0; row < op.rows.extent(rows); row++) {
          int h = op.rows.input(firstRow, rowClass, row);
          int target = op.shifted(slab, rowClass, row, 0);
          if (geometry.isInside(d, h, 0)) {
            loadRow(target, firstColumn, columns, input, geometry.inputAt(n, d, h, 0));
          } else {
            shifted.fill(target, op.width.offsets().length, 0, columns * geometry.filters(), 0);
          }
        }
      }
    }
  }

  private void loadRow(int target, int firstColumn, int columns, Tensor input, int from) {
    int step = op.width.inputStep();
    int channels = geometry.channels();
    int extent = geometry.inputs()[Geometry.WIDTH];
    int begin = Math.max(0, Math.min(extent, firstColumn * step + op.firstOffset()));
    if (step > 1) {
      int count = Math.min(extent - begin, op.inputColumns());
      source.read(input, from + begin * channels, 0, 0, count * channels);
    }
    for (int tap = 0; tap < op.width.offsets().length; tap++) {
      int row = target + tap;
      int first = firstColumn * step + op.width.offsets()[tap];
      int inside = Math.min(columns, Math.max(0, -Math.floorDiv(first, step)));
      int beyond = Math.max(inside, Math.min(columns, -Math.floorDiv(first - extent, step)));
      int count = beyond - inside;
      shifted.fill(row, 1, 0, inside * channels, 0);
      if (count > 0 && step == 1) {
        int place = from + (first + inside) * channels;
        shifted.read(input, place, row, inside * channels, count * channels);
      } else if (count > 0) {
        int place = (first + inside * step - begin) * channels;
        shifted.copyPixels(row, inside * channels, source, place, count, channels, step);
      }
      shifted.fill(row, 1, beyond * channels, (columns - beyond) * channels, 0);
    }
  }
}
