package org.conv4j.portable.convolution;

import org.conv4j.activation.Elementwise;
import org.conv4j.function.BinaryFunction;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A convolution as tiles of some pixels by some filters of one group. */
final class FilterTiles implements Tiles {
  private static final int MOST_PIXELS = 16 * Rows.BLOCK;
  private static final int MOST_FILTERS = 512;
  private static final int LEAST_FILTERS = 128;

  /** How many weight rows are used for all pixels in turn, as many as stay in the cache. */
  private static final int DEPTH_AT_ONCE = 16 * Rows.DEPTH;

  final int pixelsPerTile;
  final int filtersPerTile;

  private final Geometry geometry;
  private final DataType dataType;
  private final Elementwise activation;

  /** Whether a second input is added before the activation. */
  private final boolean residual;

  private final Sampling depth;
  private final Sampling height;
  private final Sampling width;
  private final int pixels;
  private final int pixelTiles;
  private final int filterTiles;

  /** The rows of {@link #weights} for one tile of filters. */
  private final int weightRows;

  /** For each group and tile of filters, a row for each tap and channel, then zeros. */
  private final Rows weights;

  /** A row for each group and tile of filters. */
  private final Rows bias;

  FilterTiles(
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
    pixels = geometry.batch() * depth.count() * height.count() * width.count();
    pixelTiles = ceilDiv(pixels, MOST_PIXELS);
    int evenly = ceilDiv(pixels, pixelTiles);
    pixelsPerTile = Math.min(pixels, ceilDiv(evenly, Rows.BLOCK) * Rows.BLOCK);
    int filters = geometry.filtersPerGroup();
    int parts =
        Math.max(ceilDiv(filters, MOST_FILTERS), Math.min(threads, filters / LEAST_FILTERS));
    filtersPerTile = ceilDiv(filters, Math.max(1, parts));
    filterTiles = ceilDiv(filters, filtersPerTile);
    int[] taps = geometry.taps(depth, height, width);
    int channels = geometry.channelsPerGroup();
    weightRows = KernelValues.padded(taps.length * channels);
    int blocks = geometry.groups() * filterTiles;
    weights = Rows.allocate(dataType, blocks * weightRows, filtersPerTile);
    bias = Rows.allocate(dataType, blocks, filtersPerTile);
    for (int f = 0; f < geometry.filters(); f++) {
      int block = f / filters * filterTiles + f % filters / filtersPerTile;
      int column = f % filters % filtersPerTile;
      bias.set(block, column, kernel.bias()[f]);
      for (int k = 0; k < taps.length * channels; k++) {
        double weight = kernel.get(taps[k / channels], channels, k % channels, f);
        weights.set(block * weightRows + k, column, weight);
      }
    }
  }

  @Override
  public int count() {
    return geometry.groups() * filterTiles * pixelTiles;
  }

  @Override
  public Worker newWorker() {
    return new Buffers();
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private final class Buffers implements Worker {
    private final int channels = geometry.channelsPerGroup();
    private final Rows pixel = Rows.allocate(dataType, 1, channels);
    private final Rows zeros = Rows.allocate(dataType, 1, Math.max(channels, Rows.DEPTH));
    private final Rows added = Rows.allocate(dataType, 1, residual ? filtersPerTile : 0);
    private final Rows sums = Rows.allocate(dataType, pixelsPerTile, filtersPerTile);
    private final Rows multiples =
        Rows.allocate(dataType, ceilDiv(pixelsPerTile, Rows.BLOCK), weightRows * Rows.BLOCK);

    @Override
    public void run(int tile, Tensor[] inputs, Tensor output) {
      int block = tile / pixelTiles;
      int group = block / filterTiles;
      int firstFilter = block % filterTiles * filtersPerTile;
      int filters = Math.min(filtersPerTile, geometry.filtersPerGroup() - firstFilter);
      int firstPixel = tile % pixelTiles * pixelsPerTile;
      int count = Math.min(pixelsPerTile, pixels - firstPixel);
      for (int i = 0; i < count; i++) {
        load(
            firstPixel + i,
            group,
            i,
            Math.min(Rows.BLOCK, count - i / Rows.BLOCK * Rows.BLOCK),
            inputs[0]);
        sums.copy(i, 0, bias, block, 0, filters);
      }
      for (int k = 0; k < weightRows; k += DEPTH_AT_ONCE) {
        int rows = Math.min(DEPTH_AT_ONCE, weightRows - k);
        for (int i = 0; i < count; i += Rows.BLOCK) {
          int size = Math.min(Rows.BLOCK, count - i);
          sums.addProducts(
              i,
              size,
              weights,
              block * weightRows + k,
              rows,
              multiples,
              i / Rows.BLOCK,
              k * size,
              filters);
        }
      }
      int to = group * geometry.filtersPerGroup() + firstFilter;
      for (int i = 0; i < count && residual; i++) {
        added.read(inputs[1], (firstPixel + i) * geometry.filters() + to, 0, 0, filters);
        sums.combine(BinaryFunction.ADD, i, added, 0, filters);
      }
      sums.apply(0, count, filters, activation);
      for (int i = 0; i < count; i++) {
        sums.write(output, (firstPixel + i) * geometry.filters() + to, i, 0, filters);
      }
    }

    /** Gets what one output pixel reads, as the multiples of the weight rows. */
    private void load(int number, int group, int i, int size, Tensor input) {
      int w = number % width.count();
      int h = number / width.count() % height.count();
      int d = number / (width.count() * height.count()) % depth.count();
      int n = number / (width.count() * height.count() * depth.count());
      int row = i / Rows.BLOCK;
      int k = 0;
      for (int dOffset : depth.offsets()) {
        int id = d * depth.inputStep() + dOffset;
        for (int hOffset : height.offsets()) {
          int ih = h * height.inputStep() + hOffset;
          for (int wOffset : width.offsets()) {
            int iw = w * width.inputStep() + wOffset;
            boolean inside = geometry.isInside(id, ih, iw);
            if (inside) {
              int from = geometry.inputAt(n, id, ih, iw) + group * channels;
              pixel.read(input, from, 0, 0, channels);
            }
            multiples.interleave(row, k, i % Rows.BLOCK, size, inside ? pixel : zeros, channels);
            k += channels;
          }
        }
      }
      multiples.interleave(row, k, i % Rows.BLOCK, size, zeros, weightRows - k);
    }
  }
}
