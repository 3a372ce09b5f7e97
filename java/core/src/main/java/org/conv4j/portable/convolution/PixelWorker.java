package org.conv4j.portable.convolution;

import java.util.List;
import java.util.function.ToIntFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.Tensor;

/** One thread's buffers for tiles of pixels, and the computation of one tile. */
final class PixelWorker implements Tiles.Worker {
  /** How many runs are copied before they are used, as many as stay in the cache. */
  static final int DEPTH_AT_ONCE = 32 * Rows.DEPTH;

  private final PixelTiles op;
  private final Geometry geometry;
  private final Rows source;
  private final Rows planes;
  private final Rows copies;
  private final Rows operands;
  private final Rows zeros;
  private final Rows sums;
  private final Rows result;
  private final Rows residual;
  private final Rows summed;

  /** Which slabs and rows of the kernel read any input in the present tile. */
  private final boolean[] reads;

  PixelWorker(PixelTiles op) {
    this.op = op;
    this.geometry = op.geometry;
    int run = max(op.passes, PixelPass::runLength);
    int inputs =
        Math.min(geometry.inputs()[Geometry.WIDTH], max(op.passes, PixelPass::inputColumns));
    source = Rows.allocate(op.dataType, 1, inputs * geometry.channels());
    planes =
        Rows.allocate(op.dataType, geometry.channels(), max(op.passes, PixelPass::planesLength));
    copies = Rows.allocate(op.dataType, DEPTH_AT_ONCE, run);
    operands = Rows.allocate(op.dataType, DEPTH_AT_ONCE, 0);
    zeros = Rows.allocate(op.dataType, 1, run);
    sums = Rows.allocate(op.dataType, geometry.filters(), run);
    result =
        Rows.allocate(
            op.dataType,
            1,
            max(op.passes, pass -> pass.tileRows * pass.outputColumns()) * geometry.filters());
    residual = Rows.allocate(op.dataType, 1, op.residual ? rowLength(op) : 0);
    summed = Rows.allocate(op.dataType, 1, op.residual ? rowLength(op) : 0);
    reads = new boolean[max(op.passes, PixelPass::kernelRows)];
  }

  /** The most numbers in a row of a tile's output. */
  private static int rowLength(PixelTiles op) {
    return max(op.passes, PixelPass::outputColumns) * op.geometry.filters();
  }

  private static int max(List<PixelPass> passes, ToIntFunction<PixelPass> size) {
    return passes.stream().mapToInt(size).max().orElseThrow();
  }

  @Override
  public void run(int tile, Tensor[] inputs, Tensor output) {
    int pass = op.passOf(tile);
    run(op.passes.get(pass), op.tileInPass(tile, pass), inputs, output);
  }

  private void run(PixelPass pass, int tile, Tensor[] inputs, Tensor output) {
    int firstRow = pass.firstRow(tile);
    int firstColumn = pass.firstColumn(tile);
    int rows = Math.min(pass.tileRows, pass.height.count() - firstRow);
    int firstFilter = pass.firstFilter(pass.firstBlock(tile));
    int filters = pass.firstFilter(pass.endBlock(tile)) - firstFilter;
    int step = pass.widths.get(0).sampling().step();
    int outputs =
        Math.min(pass.outputColumns(), geometry.outputs()[Geometry.WIDTH] - firstColumn * step);
    load(pass, pass.image(tile), pass.depthOf(tile), firstRow, rows, firstColumn, inputs[0]);
    findReads(pass, pass.depthOf(tile), firstRow, rows);
    for (int i = 0; i < pass.widths.size(); i++) {
      PixelPass.WidthPart part = pass.widths.get(i);
      int columns = Math.min(pass.tileColumns, part.sampling().count() - firstColumn);
      if (columns > 0) {
        int run = (rows - 1) * pass.runPitch + columns;
        sums(part, pass.firstBlock(tile), pass.endBlock(tile), run);
        if (!op.residual) {
          sums.apply(firstFilter, filters, run, op.activation);
        }
        for (int row = 0; row < rows; row++) {
          int to = (row * outputs + part.sampling().first()) * filters;
          sums.scatter(
              firstFilter, filters, row * pass.runPitch, columns, result, 0, to, step * filters);
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      int d = pass.depth.first() + pass.depthOf(tile) * pass.depth.step();
      int h = pass.height.first() + (firstRow + row) * pass.height.step();
      int to = geometry.outputAt(pass.image(tile), d, h, firstColumn * step) + firstFilter;
      if (op.residual) {
        addResidual(row, outputs * filters, filters, inputs[1], to);
      }
      store(row * outputs, outputs, filters, output, to);
    }
  }

  /** Adds the second input to a row of pixels, and applies what comes after the sum. */
  private void addResidual(int row, int count, int filters, Tensor input, int from) {
    if (filters == geometry.filters()) {
      residual.read(input, from, 0, 0, count);
    } else {
      for (int at = 0; at < count; at += filters) {
        residual.read(input, from + at / filters * geometry.filters(), 0, at, filters);
      }
    }
    summed.copy(0, 0, result, 0, row * count, count);
    summed.combine(BinaryFunction.ADD, 0, residual, 0, count);
    summed.apply(0, 1, count, op.activation);
    result.copy(0, row * count, summed, 0, 0, count);
  }

  /** Kernels that are taller than the input have many rows that only meet padding. */
  private void findReads(PixelPass pass, int depth, int firstRow, int rows) {
    int at = 0;
    for (int slab : pass.depth.offsets()) {
      int d = depth * pass.depth.inputStep() + slab;
      boolean inside = d >= 0 && d < geometry.inputs()[Geometry.DEPTH];
      for (int row : pass.height.offsets()) {
        reads[at++] = inside && pass.readsHeight(firstRow, rows, row);
      }
    }
  }

  /** Splits the input of a tile into planes. */
  private void load(
      PixelPass pass, int n, int depth, int firstRow, int rows, int firstColumn, Tensor input) {
    for (int slab = 0; slab < pass.depth.offsets().length; slab++) {
      int d = depth * pass.depth.inputStep() + pass.depth.offsets()[slab];
      boolean inside = d >= 0 && d < geometry.inputs()[Geometry.DEPTH];
      for (int rowClass = 0; rowClass < pass.rows.classes(); rowClass++) {
        for (int row = 0; row < pass.rows.extent(rows); row++) {
          int h = pass.rows.input(firstRow, rowClass, row);
          if (inside && h >= 0 && h < geometry.inputs()[Geometry.HEIGHT]) {
            loadRow(pass, slab, rowClass, row, firstColumn, input, geometry.inputAt(n, d, h, 0));
          } else {
            for (int c = 0; c < pass.columns.classes(); c++) {
              int at = pass.planeAt(slab, rowClass, c, row);
              planes.fill(0, geometry.channels(), at, pass.pitch, 0);
            }
          }
        }
      }
    }
  }

  private void loadRow(
      PixelPass pass, int slab, int rowClass, int row, int firstColumn, Tensor input, int from) {
    int channels = geometry.channels();
    int width = geometry.inputs()[Geometry.WIDTH];
    Lattice columns = pass.columns;
    int begin = width;
    int end = 0;
    for (int c = 0; c < columns.classes(); c++) {
      begin = Math.min(begin, Math.max(0, columns.input(firstColumn, c, 0)));
      end = Math.max(end, Math.min(width, columns.input(firstColumn, c, pass.pitch - 1) + 1));
    }
    if (begin < end) {
      source.read(input, from + begin * channels, 0, 0, (end - begin) * channels);
    }
    for (int c = 0; c < columns.classes(); c++) {
      int at = pass.planeAt(slab, rowClass, c, row);
      int inside = Math.min(pass.pitch, columns.firstInside(firstColumn, c));
      int beyond =
          Math.max(inside, Math.min(pass.pitch, columns.firstBeyond(firstColumn, c, width)));
      planes.fill(0, channels, at, inside, 0);
      if (inside < beyond) {
        planes.gather(
            0,
            channels,
            at + inside,
            beyond - inside,
            source,
            0,
            (columns.input(firstColumn, c, inside) - begin) * channels,
            columns.step() * channels);
      }
      planes.fill(0, channels, at + beyond, pass.pitch - beyond, 0);
    }
  }

  /** Computes the sums of some blocks of filters for one sampling of the width. */
  private void sums(PixelPass.WidthPart part, int firstBlock, int endBlock, int run) {
    int blocks = KernelValues.blocks(geometry.filtersPerGroup());
    for (int block = firstBlock; block < endBlock; ) {
      int group = block / blocks;
      int end = Math.min(endBlock, (group + 1) * blocks);
      sumsOfGroup(part, group, block - group * blocks, end - group * blocks, run);
      block = end;
    }
  }

  private void sumsOfGroup(
      PixelPass.WidthPart part, int group, int firstBlock, int endBlock, int run) {
    int channels = geometry.channelsPerGroup();
    int filters = geometry.filtersPerGroup();
    int depth = part.runs().length * channels;
    int endFilter = Math.min(filters, endBlock * Rows.BLOCK);
    for (int f = firstBlock * Rows.BLOCK; f < endFilter; f++) {
      sums.fill(group * filters + f, 1, 0, run, op.bias[group * filters + f]);
    }
    int rowLength = part.sampling().offsets().length * channels;
    for (int begin = 0; begin < depth; begin += DEPTH_AT_ONCE) {
      int end = Math.min(depth, begin + DEPTH_AT_ONCE);
      if (!readAny(begin / rowLength, (end - 1) / rowLength)) {
        continue;
      }
      prepare(part, group * channels, begin, end, run);
      for (int block = firstBlock; block < endBlock; block++) {
        int first = block * Rows.BLOCK;
        int size = Math.min(Rows.BLOCK, filters - first);
        sums.addProducts(
            group * filters + first,
            size,
            operands,
            0,
            KernelValues.padded(end - begin),
            part.weights(),
            group * KernelValues.blocks(filters) + block,
            begin * size,
            run);
      }
    }
  }

  private boolean readAny(int firstRow, int lastRow) {
    for (int row = firstRow; row <= lastRow; row++) {
      if (reads[row]) {
        return true;
      }
    }
    return false;
  }

  /** Aligns some taps of some channels, so that all begin at the start of a row. */
  private void prepare(PixelPass.WidthPart part, int firstChannel, int begin, int end, int run) {
    int channels = geometry.channelsPerGroup();
    for (int k = begin; k < end; k++) {
      int from = part.runs()[k / channels];
      int channel = firstChannel + k % channels;
      if (from == 0 && run <= part.piece()) {
        operands.share(k - begin, planes, channel);
      } else {
        int source = from;
        for (int at = 0; at < run; at += Math.min(run, part.piece())) {
          int count = Math.min(run - at, part.piece());
          copies.copy(k - begin, at, planes, channel, source, count);
          source += part.pitch();
        }
        operands.share(k - begin, copies, k - begin);
      }
    }
    for (int k = end - begin; k < KernelValues.padded(end - begin); k++) {
      operands.share(k, zeros, 0);
    }
  }

  /** Writes a row of pixels, at once if it has all filters. */
  private void store(int firstPixel, int pixels, int filters, Tensor output, int to) {
    if (filters == geometry.filters()) {
      result.write(output, to, 0, firstPixel * filters, pixels * filters);
      return;
    }
    for (int pixel = 0; pixel < pixels; pixel++) {
      result.write(
          output, to + pixel * geometry.filters(), 0, (firstPixel + pixel) * filters, filters);
    }
  }
}
