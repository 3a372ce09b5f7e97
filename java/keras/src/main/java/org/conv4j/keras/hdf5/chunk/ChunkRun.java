package org.conv4j.keras.hdf5.chunk;

import java.util.function.Consumer;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;

/**
 * Chunks that lie one behind the other without filters, or a single one (specification, sections
 * VII.A and VII.B).
 *
 * @param address where the first lies, or {@link Cursor#UNDEFINED} if nothing was written
 * @param filteredBytes the size of a single chunk with filters, or -1
 * @param skipped one bit for each filter that was not applied to a single chunk
 */
record ChunkRun(long address, long filteredBytes, long skipped) implements ChunkIndex {
  @Override
  public void read(
      ChunkGrid grid, long chunkBytes, Metadata metadata, Consumer<StoredChunk> chunks) {
    if (address == Cursor.UNDEFINED) {
      return;
    }
    if (filteredBytes >= 0) {
      chunks.accept(new StoredChunk(new long[grid.rank()], address, filteredBytes, skipped));
      return;
    }
    long count = grid.numbers(0);
    if (count > Long.MAX_VALUE / chunkBytes) {
      throw metadata.malformed("has more chunks than a file can hold");
    }
    metadata.data(address, count * chunkBytes);
    for (long i = 0; i < count; i++) {
      chunks.accept(new StoredChunk(grid.place(i, 0), address + i * chunkBytes, chunkBytes, 0));
    }
  }
}
