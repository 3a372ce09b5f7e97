package org.conv4j.keras.hdf5;

import org.conv4j.keras.bytes.Bytes;
import org.conv4j.keras.bytes.Elements;
import org.conv4j.keras.bytes.MemoryBytes;

/** Where the elements of a data set lie (specification, section IV.A.2.i). */
sealed interface DataLayout {
  /** In one piece. */
  sealed interface Whole extends DataLayout {
    /** The piece, which may be longer than the elements. */
    Bytes piece(Metadata metadata);

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
    public Bytes piece(Metadata metadata) {
      return metadata.data(address, size);
    }
  }

  /**
   * In pieces of one shape, each with its own filters; what is outside the array is filler.
   *
   * @param dims the extents of a piece, then the size of an element
   * @param index the address of the B-tree that finds the pieces
   */
  record Chunked(long[] dims, long index) implements DataLayout {}

  static DataLayout read(Cursor message) {
    int version = message.u8();
    if (version != 3 && version != 4) {
      throw message.metadata().malformed("has a data layout of the unknown version " + version);
    }
    int kind = message.u8();
    return switch (kind) {
      case 0 -> new Compact(message.take(message.u16()));
      case 1 -> new Contiguous(message.address(), message.length());
      case 2 -> chunked(message, version);
      default ->
          throw message.metadata().malformed("has a data layout of the unknown kind " + kind);
    };
  }

  private static Chunked chunked(Cursor message, int version) {
    if (version != 3) {
      throw message.metadata().malformed("has chunks in an order that is not supported");
    }
    int rank = message.u8();
    long index = message.address();
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = message.u32();
    }
    return new Chunked(dims, index);
  }
}
