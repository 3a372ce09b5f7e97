package org.conv4j.keras.hdf5.structure;

/**
 * The extents of a data set or an attribute.
 *
 * @param dims the extents, outermost first; none for a scalar
 * @param maxDims how far they may grow, -1 for without limit
 * @param empty whether there is no element at all, not even a scalar's
 */
public record Dataspace(long[] dims, long[] maxDims, boolean empty) {
  private static final int MAX_RANK = 32;
  private static final int NULL = 2;
  private static final int HAS_MAXIMA = 1;

  public static Dataspace read(Cursor message) {
    int version = message.u8();
    int rank = message.u8();
    int flags = message.u8();
    int type = message.u8();
    if (version == 1) {
      message.skip(4);
    } else if (version != 2) {
      throw message.metadata().malformed("has a data space of the unknown version " + version);
    }
    if (rank > MAX_RANK) {
      throw message.metadata().malformed("has an array of %d dimensions".formatted(rank));
    }
    long[] dims = new long[rank];
    boolean empty = version == 2 && type == NULL;
    for (int i = 0; i < rank; i++) {
      dims[i] = message.length();
      empty |= dims[i] == 0;
    }
    long[] maxDims = dims.clone();
    for (int i = 0; i < rank && (flags & HAS_MAXIMA) != 0; i++) {
      maxDims[i] = maximum(message);
    }
    return new Dataspace(dims, maxDims, empty);
  }

  /** All bits are set for an extent without a limit. */
  private static long maximum(Cursor message) {
    int width = message.metadata().lengthBytes();
    long extent = message.length();
    return width < Long.BYTES && extent == (1L << (Byte.SIZE * width)) - 1 ? -1 : extent;
  }

  /** The number of elements, or -1 if it is absurd. */
  public long count() {
    long count = empty ? 0 : 1;
    for (long dim : dims) {
      if (dim < 0 || (dim > 0 && count > Long.MAX_VALUE / Math.max(1, dim))) {
        return -1;
      }
      count *= dim;
    }
    return count;
  }
}
