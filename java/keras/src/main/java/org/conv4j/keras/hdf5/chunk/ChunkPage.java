package org.conv4j.keras.hdf5.chunk;

import java.util.function.Consumer;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;

/**
 * Reads entries of chunks that lie one behind the other.
 *
 * @param grid how the array is cut
 * @param slowest the axis that their numbers count before all others
 * @param width the bytes of an entry
 * @param chunkBytes the size of a chunk without filters
 * @param metadata the file's structures
 * @param chunks receives the chunks that were written
 */
record ChunkPage(
    ChunkGrid grid,
    int slowest,
    int width,
    long chunkBytes,
    Metadata metadata,
    Consumer<StoredChunk> chunks) {
  /** Reads entries at an address, of which the first has a number. */
  void read(long address, long number, long count) {
    if (count > 0) {
      entries(metadata.at(address, Math.multiplyExact(count, (long) width)), number, count);
    }
  }

  void entries(Cursor entries, long number, long count) {
    for (long i = 0; i < count; i++) {
      StoredChunk chunk =
          ChunkEntry.read(entries, width, grid.place(number + i, slowest), chunkBytes);
      if (chunk.address() != Cursor.UNDEFINED) {
        chunks.accept(chunk);
      }
    }
  }
}
