package org.conv4j.onednn;

import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * How many multiplications our Winograd kernel saves. It computes tiles: along an axis, 6 inputs
 * give {@code 7 - taps} outputs with 6 multiplications, or 4 inputs {@code 5 - taps} with 4. It
 * takes 2 to 5 taps along the last axis, and as many or 1 along the one before; a third axis is
 * summed over. Tiles of 4x4 are for 2x2 and 3x3 taps. A transposed convolution has one kernel for
 * each phase of its strides, with the taps that fall to it.
 */
final class WinogradTiles {
  private static final int LEAST_TAPS = 2;
  private static final int MOST_TAPS = 5;
  private static final int MOST_TAPS_OF_SMALL_TILES = 3;
  private static final int LARGE = 6;
  private static final int SMALL = 4;

  /** In one dimension less is saved, and the transforms cost more of it. */
  private static final double LEAST_SAVINGS = 1.75;

  private static final double LEAST_ROW_SAVINGS = 1.9;

  /** Small tiles save less, but their transforms are mere sums. */
  private static final double LEAST_SMALL_SAVINGS = 1.6;

  /** For fewer tiles, the larger transformed weights take too long to read. */
  private static final long LEAST_TILES = 4;

  /**
   * Transformed weights of more bytes than a processor's cache holds come from memory in every run,
   * which takes some tiles to pay. For 3x3 kernels over 7x7 pixels, 4 tiles, from 512 to 512
   * channels, the 38 MB take 0.7 ms on two threads, where the direct kernel with its 9 MB takes
   * 0.9.
   */
  private static final long LEAST_TILES_FOR_LARGE_WEIGHTS = 8;

  private static final long LARGE_WEIGHTS = 24 << 20;

  /** Smaller weights stay in the cache of the core that reads them. */
  private static final long SMALL_WEIGHTS = 1 << 20;

  /** How many multiplications take as long as to read a byte of larger weights, on one thread. */
  private static final double MULTIPLICATIONS_PER_BYTE = 1.4;

  private final boolean transposed;
  private final Window window;
  private final Shape output;
  private final long direct;
  private final long pairs;
  private final int edge;

  /**
   * @param direct the multiplications of the definition, for each pair of a channel and a filter
   * @param pairs how many pairs of a channel and a filter have weights
   * @param anySize whether tiles may be small
   */
  private WinogradTiles(
      boolean transposed, Window window, Shape output, long direct, long pairs, boolean anySize) {
    this.transposed = transposed;
    this.window = window;
    this.output = output;
    this.direct = direct;
    this.pairs = pairs;
    edge = anySize && fit() && canBeSmall() && cost(SMALL) <= cost(LARGE) ? SMALL : LARGE;
  }

  /** The tiles of a convolution; those of small groups have a kernel with tiles of one size. */
  static WinogradTiles of(Convolution op) {
    long outputs = op.output().elementCount() / op.output().dim(-1);
    return new WinogradTiles(
        false,
        op.window(),
        op.output(),
        outputs * op.window().taps(),
        op.channelsPerGroup() * op.output().dim(-1),
        op.groups() == 1);
  }

  /** The tiles of a transposed convolution. */
  static WinogradTiles of(Deconvolution op) {
    long inputs = op.input().elementCount() / op.input().dim(-1);
    return new WinogradTiles(
        true,
        op.window(),
        op.output(),
        inputs * op.window().taps(),
        op.input().dim(-1) * op.output().dim(-1),
        true);
  }

  /** Tells whether the kernel computes this at all. */
  boolean fit() {
    int taps = taps(width());
    return taps >= LEAST_TAPS && taps <= MOST_TAPS && (isRow() || taps(width() - 1) == taps);
  }

  /** Tells whether there are no taps but along the last axis. */
  boolean isRow() {
    return window.rank() == 1 || kernel(width() - 1) == 1 && taps(width() - 1) == 1;
  }

  /** How many inputs a tile has along an axis. */
  int edge() {
    return edge;
  }

  /** Tells whether what is saved outweighs the transforms, given enough channels. */
  boolean pay() {
    return hasEnough(edge) && direct >= leastSavings() * tiles(edge) * weights(edge);
  }

  private double leastSavings() {
    return isRow() ? LEAST_ROW_SAVINGS : edge == SMALL ? LEAST_SMALL_SAVINGS : LEAST_SAVINGS;
  }

  private boolean canBeSmall() {
    return !isRow() && taps(width()) <= MOST_TAPS_OF_SMALL_TILES;
  }

  /** What takes longer: to multiply, or to read the weights. */
  private double cost(int edge) {
    if (!hasEnough(edge)) {
      return Double.POSITIVE_INFINITY;
    }
    double multiplications = (double) tiles(edge) * weights(edge) * pairs;
    return weightBytes(edge) <= SMALL_WEIGHTS
        ? multiplications
        : Math.max(multiplications, weightBytes(edge) * MULTIPLICATIONS_PER_BYTE);
  }

  private boolean hasEnough(int edge) {
    boolean large = weightBytes(edge) > LARGE_WEIGHTS;
    return tiles(edge) >= (large ? LEAST_TILES_FOR_LARGE_WEIGHTS : LEAST_TILES);
  }

  private long weightBytes(int edge) {
    return pairs * weights(edge) * Float.BYTES;
  }

  /** Of one pair. */
  private long weights(int edge) {
    long depth = window.rank() == 3 ? window.kernel().get(0) : 1;
    return depth * (isRow() ? edge : edge * edge) * phases();
  }

  private long tiles(int edge) {
    long tiles =
        output.dim(0) * tiles(width(), edge) * (isRow() ? rows() : tiles(width() - 1, edge));
    return window.rank() == 3 ? tiles * output.dim(1) : tiles;
  }

  private long rows() {
    return window.rank() == 1 ? 1 : output.dim(width());
  }

  private long phases() {
    long phases = 1;
    for (int axis = 0; axis < window.rank(); axis++) {
      phases *= phases(axis);
    }
    return phases;
  }

  private long tiles(int axis, int edge) {
    int phases = phases(axis);
    int cut = transposed ? window.padBegin().get(axis) : 0;
    int dilation = window.dilation().get(axis);
    long positions = (cut + output.dim(axis + 1) - 1) / phases + 1 - cut / phases;
    int outputs = edge + 1 - taps(axis);
    return dilation * ceil(ceil(positions, dilation), outputs);
  }

  private int taps(int axis) {
    return (int) ceil(kernel(axis), phases(axis));
  }

  private int phases(int axis) {
    return transposed ? window.strides().get(axis) : 1;
  }

  private int kernel(int axis) {
    return window.kernel().get(axis);
  }

  private int width() {
    return window.rank() - 1;
  }

  private static long ceil(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
