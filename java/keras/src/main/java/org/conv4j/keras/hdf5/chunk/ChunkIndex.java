package org.conv4j.keras.hdf5.chunk;

import java.util.function.Consumer;
import org.conv4j.keras.hdf5.structure.Metadata;

/** Where the chunks of a data set lie (specification, sections III.A.1 and VII). */
public sealed interface ChunkIndex
    permits ChunkTree, ChunkTree2, ChunkRun, FixedArray, ExtensibleArray {
  /**
   * Reports each chunk that was written, once or more; some may lie outside the array, where it was
   * larger.
   *
   * @param grid how the array is cut
   * @param chunkBytes the size of a chunk without filters
   * @param metadata the file's structures
   * @param chunks receives the chunks
   */
  void read(ChunkGrid grid, long chunkBytes, Metadata metadata, Consumer<StoredChunk> chunks);
}
