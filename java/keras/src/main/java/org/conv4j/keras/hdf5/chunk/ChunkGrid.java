package org.conv4j.keras.hdf5.chunk;

/**
 * How an array is cut into chunks. A chunk's place is its position among the chunks along each
 * axis.
 *
 * @param extents the array's extents
 * @param maxExtents how far the array may grow, -1 for without limit; numbers count up to there
 * @param chunk the extents of a chunk
 */
public record ChunkGrid(long[] extents, long[] maxExtents, long[] chunk) {
  int rank() {
    return extents.length;
  }

  /** The number of chunks that the array has along an axis. */
  long along(int axis) {
    return cut(extents[axis], axis);
  }

  /** Whether the array has a chunk at a place. */
  boolean has(long[] place) {
    for (int i = 0; i < place.length; i++) {
      if (place[i] < 0 || place[i] >= along(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a chunk reaches over the array's end. */
  boolean overlaps(long[] place) {
    for (int i = 0; i < place.length; i++) {
      if (place[i] == along(i) - 1 && extents[i] % chunk[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** The only axis without a limit, or -1. */
  int unlimitedAxis() {
    int found = -1;
    for (int i = 0; i < maxExtents.length; i++) {
      if (maxExtents[i] < 0) {
        found = found < 0 ? i : maxExtents.length;
      }
    }
    return found < maxExtents.length ? found : -1;
  }

  /**
   * The place of a chunk by its number in row-major order.
   *
   * @param number the number, among all chunks that the array may ever have
   * @param slowest the axis that is counted before all others
   */
  long[] place(long number, int slowest) {
    long[] place = new long[rank()];
    long rest = number;
    for (int i = rank() - 1; i >= 0; i--) {
      if (i != slowest) {
        long count = Math.max(1, cut(maxExtents[i], i));
        place[i] = rest % count;
        rest /= count;
      }
    }
    place[slowest] = rest;
    return place;
  }

  /** All numbers of chunks that the array has now are below this. */
  long numbers(int slowest) {
    long count = along(slowest);
    for (int i = 0; i < rank(); i++) {
      if (i != slowest) {
        long most = Math.max(1, cut(maxExtents[i], i));
        count = count > Long.MAX_VALUE / most ? Long.MAX_VALUE : count * most;
      }
    }
    return count;
  }

  private long cut(long extent, int axis) {
    return extent / chunk[axis] + (extent % chunk[axis] == 0 ? 0 : 1);
  }
}
