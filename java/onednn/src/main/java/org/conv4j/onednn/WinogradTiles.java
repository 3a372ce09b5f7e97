package org.conv4j.onednn;

import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * How many multiplications our Winograd kernel saves. It computes tiles: along an axis, 6 inputs
 * give {@code 7 - taps} outputs with 6 multiplications. It takes 2 to 5 taps along the last axis,
 * and as many or 1 along the one before; a third axis is summed over. A transposed convolution has
 * one kernel for each phase of its strides, with the taps that fall to it.
 */
final class WinogradTiles {
  private static final int LEAST_TAPS = 2;
  private static final int MOST_TAPS = 5;
  private static final int POINTS = 6;

  /** In one dimension less is saved, and the transforms cost more of it. */
  private static final double LEAST_SAVINGS = 1.75;

  private static final double LEAST_ROW_SAVINGS = 1.9;

  /** For fewer tiles, the larger transformed weights take too long to read. */
  private static final long LEAST_TILES = 4;

  /**
   * Transformed weights of more bytes than a processor's cache holds come from memory in every run,
   * which takes some tiles to pay. For 3x3 kernels over 7x7 pixels, 4 tiles, from 512 to 512
   * channels, the 38 MB take 0.7 ms on two threads, where the direct kernel with its 9 MB takes
   * 0.9. All in all this costs a run of ResNet50 some 5 % and saves a quarter of its memory.
   */
  private static final long LEAST_TILES_FOR_LARGE_WEIGHTS = 8;

  private static final long LARGE_WEIGHTS = 24 << 20;

  private final boolean transposed;
  private final Window window;
  private final Shape output;
  private final long direct;

  /**
   * @param direct the multiplications of the definition, for each pair of a channel and a filter
   */
  WinogradTiles(boolean transposed, Window window, Shape output, long direct) {
    this.transposed = transposed;
    this.window = window;
    this.output = output;
    this.direct = direct;
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

  /**
   * Tells whether what is saved outweighs the transforms, given enough channels.
   *
   * @param pairs how many pairs of a channel and a filter have weights
   */
  boolean pay(long pairs) {
    long tiles = output.dim(0) * tiles(width()) * (isRow() ? rows() : tiles(width() - 1));
    long points = isRow() ? POINTS : POINTS * POINTS;
    long depth = 1;
    if (window.rank() == 3) {
      tiles *= output.dim(1);
      depth = window.kernel().get(0);
    }
    long weights = depth * points * phases();
    boolean large = pairs * weights * Float.BYTES > LARGE_WEIGHTS;
    return tiles >= (large ? LEAST_TILES_FOR_LARGE_WEIGHTS : LEAST_TILES)
        && direct >= (isRow() ? LEAST_ROW_SAVINGS : LEAST_SAVINGS) * tiles * weights;
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

  private long tiles(int axis) {
    int phases = phases(axis);
    int cut = transposed ? window.padBegin().get(axis) : 0;
    int dilation = window.dilation().get(axis);
    long positions = (cut + output.dim(axis + 1) - 1) / phases + 1 - cut / phases;
    int outputs = POINTS + 1 - taps(axis);
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
