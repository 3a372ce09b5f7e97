package org.conv4j.portable;

/**
 * How large tiles are. A run should be long, because vector loops have scalar ends, but the runs
 * that are used together should stay in the second-level cache.
 *
 * @param run the numbers in a run to aim at
 * @param tiles the least number of tiles wanted, if there are enough rows
 */
record TileSize(int run, int tiles) {
  /** The numbers that should fit the cache at the same time: half a megabyte of floats. */
  private static final int CACHED = 1 << 17;

  private static final int LONGEST_RUN = 1024;
  private static final int SHORTEST_RUN = 256;

  /**
   * The size for a number of runs.
   *
   * @param runs how many runs are used together
   * @param images the images (or slices of them) to compute, none smaller than a tile
   * @param threads the number of threads that share the tiles
   */
  static TileSize of(int runs, long images, int threads) {
    int run = Math.max(SHORTEST_RUN, Math.min(LONGEST_RUN, CACHED / runs));
    int tilesPerThread = threads == 1 ? 1 : 2;
    return new TileSize(run, (int) Math.max(1, threads * tilesPerThread / images));
  }

  int columns(int all) {
    int parts = Math.max(1, Math.round((float) all / run));
    if (all > run) {
      parts = Math.max(parts, tiles);
    }
    return ceilDiv(all, parts);
  }

  int rows(int all, int pitch) {
    int parts = Math.max(1, Math.round((float) all * pitch / run));
    return ceilDiv(all, Math.min(all, Math.max(parts, tiles)));
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
