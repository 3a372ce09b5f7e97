package org.conv4j.keras.hdf5;

import org.conv4j.keras.bytes.Bytes;
import org.conv4j.keras.bytes.Elements;
import org.conv4j.keras.bytes.MemoryBudget;
import org.conv4j.keras.bytes.MemoryBytes;
import org.conv4j.tensor.Tensor;

/** Where the elements of a data set lie (specification, section IV.A.2.i). */
sealed interface DataLayout {
  /** In the object's header itself. */
  record Compact(Cursor data) implements DataLayout {}

  /** In one piece. */
  record Contiguous(long address, long size) implements DataLayout {}

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

  /** Reads the elements into a new tensor, which the caller closes. */
  default Tensor read(Array array, ObjectHeader header, Metadata metadata, MemoryBudget budget) {
    if (this instanceof Chunked chunked) {
      return Chunks.read(chunked, array, Filters.read(header, metadata), metadata, budget);
    }
    Bytes data =
        this instanceof Contiguous contiguous
            ? metadata.data(contiguous.address, contiguous.size)
            : new MemoryBytes(((Compact) this).data.rest(), "a compact data set");
    if (data.size() < array.bytes()) {
      throw metadata.malformed(
          "has %d bytes for an array of %d".formatted(data.size(), array.bytes()));
    }
    return Elements.read(
        data.slice(0, array.bytes(), data.source()), array.type(), array.order(), array.shape());
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
