package org.conv4j.keras.hdf5.chunk;

import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.Elements;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;

/** Where the elements of a data set lie (specification, section IV.A.2.i). */
public sealed interface DataLayout {
  int OVERLAPS_UNFILTERED = 1;
  int SINGLE_FILTERED = 2;

  /** In one piece. */
  sealed interface Whole extends DataLayout {
    /** The piece, which may be longer than the elements. */
    Bytes piece(Metadata metadata);

    /** Whether there is a piece; elements that were never written have none. */
    default boolean written() {
      return true;
    }

    /** Finds the elements. */
    default Elements elements(Array array, Metadata metadata) {
      Bytes piece = piece(metadata);
      if (piece.size() < array.bytes()) {
        throw metadata.malformed(
            "has %d bytes for an array of %d".formatted(piece.size(), array.bytes()));
      }
      Bytes stored = piece.slice(0, array.bytes(), piece.source());
      return new Elements(stored, array.type(), array.order(), array.shape());
    }
  }

  /** In the object's header itself. */
  record Compact(Cursor data) implements Whole {
    @Override
    public Bytes piece(Metadata metadata) {
      return new MemoryBytes(data.rest(), "a compact data set");
    }
  }

  /** Somewhere in the file. */
  record Contiguous(long address, long size) implements Whole {
    @Override
    public boolean written() {
      return address != Cursor.UNDEFINED;
    }

    @Override
    public Bytes piece(Metadata metadata) {
      return metadata.data(address, size);
    }
  }

  /**
   * In pieces of one shape, each with its own filters; what is outside the array is filler.
   *
   * @param dims the extents of a piece, then the size of an element
   * @param overlapsUnfiltered whether pieces that reach over the array's end are stored as they are
   * @param index finds the pieces
   */
  record Chunked(long[] dims, boolean overlapsUnfiltered, ChunkIndex index) implements DataLayout {}

  static DataLayout read(Cursor message) {
    int version = message.u8();
    if (version < 3 || version > 5) {
      throw message.metadata().malformed("has a data layout of the unknown version " + version);
    }
    int kind = message.u8();
    return switch (kind) {
      case 0 -> new Compact(message.take(message.u16()));
      case 1 -> new Contiguous(message.address(), message.length());
      case 2 -> version == 3 ? chunkedOld(message) : chunked(message);
      case 3 ->
          throw message
              .metadata()
              .malformed(
                  "has a virtual data set, which is made of others and not supported; re-save it as"
                      + " an ordinary one");
      default ->
          throw message.metadata().malformed("has a data layout of the unknown kind " + kind);
    };
  }

  private static Chunked chunkedOld(Cursor message) {
    int rank = message.u8();
    long index = message.address();
    return new Chunked(dims(message, rank, Integer.BYTES), false, new ChunkTree(index));
  }

  private static Chunked chunked(Cursor message) {
    Metadata metadata = message.metadata();
    int flags = message.u8();
    int rank = message.u8();
    int width = message.u8();
    if (width < 1 || width > Long.BYTES) {
      throw metadata.malformed("has extents of chunks in %d bytes".formatted(width));
    }
    long[] dims = dims(message, rank, width);
    int kind = message.u8();
    ChunkIndex index =
        switch (kind) {
          case 1 -> single(message, (flags & SINGLE_FILTERED) != 0);
          case 2 -> new ChunkRun(message.address(), -1, 0);
          case 3 -> new FixedArray(message.skip(1).address());
          case 4 -> new ExtensibleArray(message.skip(5).address());
          case 5 -> new ChunkTree2(message.skip(6).address());
          default -> throw metadata.malformed("has chunks in the unknown order " + kind);
        };
    return new Chunked(dims, (flags & OVERLAPS_UNFILTERED) != 0, index);
  }

  private static ChunkIndex single(Cursor message, boolean filtered) {
    long bytes = filtered ? message.length() : -1;
    long skipped = filtered ? message.u32() : 0;
    if (filtered && bytes < 0) {
      throw message.metadata().malformed("has a chunk of an impossible size");
    }
    return new ChunkRun(message.address(), bytes, skipped);
  }

  private static long[] dims(Cursor message, int rank, int width) {
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = message.unsigned(width);
    }
    return dims;
  }
}
