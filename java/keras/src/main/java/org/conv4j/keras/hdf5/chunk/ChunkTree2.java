package org.conv4j.keras.hdf5.chunk;

import java.util.function.Consumer;
import org.conv4j.keras.hdf5.structure.BTree2;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;

/**
 * Chunks in a B-tree of version 2, which arrays with several unlimited dimensions have
 * (specification, section III.A.2, records of the types 10 and 11).
 *
 * @param header the address of its header, or {@link Cursor#UNDEFINED} if nothing was written
 */
record ChunkTree2(long header) implements ChunkIndex {
  @Override
  public void read(
      ChunkGrid grid, long chunkBytes, Metadata metadata, Consumer<StoredChunk> chunks) {
    if (header == Cursor.UNDEFINED) {
      return;
    }
    int placeBytes = grid.rank() * Long.BYTES;
    BTree2.read(
        metadata,
        header,
        entry -> {
          int width = entry.remaining() - placeBytes;
          if (width < metadata.offsetBytes()) {
            throw metadata.malformed("has a damaged B-tree");
          }
          StoredChunk chunk = ChunkEntry.read(entry, width, null, chunkBytes);
          long[] place = new long[grid.rank()];
          for (int i = 0; i < place.length; i++) {
            place[i] = entry.unsigned(Long.BYTES);
          }
          chunks.accept(new StoredChunk(place, chunk.address(), chunk.bytes(), chunk.skipped()));
        });
  }
}
