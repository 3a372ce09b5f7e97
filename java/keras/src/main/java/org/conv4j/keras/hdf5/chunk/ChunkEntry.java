package org.conv4j.keras.hdf5.chunk;

import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;

/**
 * What the newer indexes note of a chunk: its address, and if filters changed its size, its size
 * and the filters that were skipped.
 */
final class ChunkEntry {
  private static final int MASK_BYTES = 4;

  private ChunkEntry() {}

  /**
   * Reads an entry.
   *
   * @param entry starts with the entry
   * @param width the entry's bytes, which tell how wide the size is
   * @param place the chunk's place
   * @param chunkBytes its size without filters
   */
  static StoredChunk read(Cursor entry, int width, long[] place, long chunkBytes) {
    Metadata metadata = entry.metadata();
    int left = width - metadata.offsetBytes();
    long address = entry.address();
    if (left == 0) {
      return new StoredChunk(place, address, chunkBytes, 0);
    }
    int sizeBytes = left - MASK_BYTES;
    if (sizeBytes < 1 || sizeBytes > Long.BYTES) {
      throw metadata.malformed("has chunks of an unknown kind");
    }
    long bytes = entry.unsigned(sizeBytes);
    return new StoredChunk(place, address, bytes, entry.u32());
  }
}
