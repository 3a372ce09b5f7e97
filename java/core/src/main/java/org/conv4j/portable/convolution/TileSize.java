package org.conv4j.portable.convolution;

import org.conv4j.machine.Machine;

/**
 * How large tiles are. A run should be long, because vector loops have scalar ends, but the runs
 * that are used together should stay in the second-level cache.
 *
 * @param run the numbers in a run to aim at
 * @param tiles the least number of tiles wanted, if there are enough rows
 */
public record TileSize(int run, int tiles) {
  private static final int MANY_FILTERS = 64;
  private static final int LONGEST_RUN = 1024;
  private static final int SHORTEST_RUN = 256;

  /**
   * The size for an op.
   *
   * @param filters its filters; threads share many of them rather than the rows of an image
   * @param images the images (or slices of them) to compute, none smaller than a tile
   * @param threads the number of threads that share the tiles
   */
  public static TileSize of(int filters, long images, int threads) {
    return of(filters, images, threads, Machine.host());
  }

  public static TileSize of(int filters, long images, int threads, Machine machine) {
    int runs = PixelWorker.DEPTH_AT_ONCE + Math.min(filters, MANY_FILTERS);
    int run = Math.max(SHORTEST_RUN, Math.min(LONGEST_RUN, cached(machine) / runs));
    boolean shareRows = threads > 1 && filters < MANY_FILTERS;
    return new TileSize(run, shareRows ? (int) Math.max(1, 2 * threads / images) : 1);
  }

  /** The floats that should fit the cache at the same time, of which they may have half. */
  static int cached(Machine machine) {
    return (int) (machine.secondLevelCache() / 2 / Float.BYTES);
  }

  int columns(int all) {
    return ceilDiv(all, all > run ? parts(all, all) : 1);
  }

  int rows(int all, int pitch) {
    return ceilDiv(all, parts((long) all * pitch, all));
  }

  /** How many parts to make of some numbers, none too short. */
  private int parts(long numbers, int most) {
    long aimed = Math.round((double) numbers / run);
    long sharing = Math.min(tiles, numbers / SHORTEST_RUN);
    return (int) Math.max(1, Math.min(most, Math.max(aimed, sharing)));
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
