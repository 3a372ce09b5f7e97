package org.conv4j.keras.hdf5.chunk;

import java.util.function.Consumer;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;

/**
 * Chunks in a B-tree of version 1 (specification, section III.A.1).
 *
 * @param root the address of its root, or {@link Cursor#UNDEFINED} if nothing was written
 */
record ChunkTree(long root) implements ChunkIndex {
  private static final int CHUNK_NODE = 1;
  private static final int NODE_BYTES = 8;

  @Override
  public void read(
      ChunkGrid grid, long chunkBytes, Metadata metadata, Consumer<StoredChunk> chunks) {
    if (root != Cursor.UNDEFINED) {
      readNode(root, -1, grid, metadata, chunks);
    }
  }

  private static void readNode(
      long address,
      int expectedLevel,
      ChunkGrid grid,
      Metadata metadata,
      Consumer<StoredChunk> chunks) {
    Cursor start = metadata.at(address, NODE_BYTES).signature("TREE");
    int type = start.u8();
    int level = start.u8();
    int count = start.u16();
    if (type != CHUNK_NODE || (expectedLevel >= 0 && level != expectedLevel)) {
      throw metadata.malformed("has a damaged B-tree");
    }
    int offsets = metadata.offsetBytes();
    int key = 2 * Integer.BYTES + (grid.rank() + 1) * Long.BYTES;
    long size = NODE_BYTES + 2L * offsets + (long) count * (key + offsets);
    Cursor node = metadata.at(address, size).skip(NODE_BYTES + 2 * offsets);
    for (int i = 0; i < count; i++) {
      if (level == 0) {
        chunks.accept(chunk(node, grid));
      } else {
        readNode(node.skip(key).address(), level - 1, grid, metadata, chunks);
      }
    }
  }

  private static StoredChunk chunk(Cursor node, ChunkGrid grid) {
    long stored = node.u32();
    long skipped = node.u32();
    long[] place = new long[grid.rank()];
    for (int i = 0; i < place.length; i++) {
      long at = node.unsigned(Long.BYTES);
      if (at < 0 || at >= grid.extents()[i] || at % grid.chunk()[i] != 0) {
        throw node.metadata().malformed("has a chunk outside its array");
      }
      place[i] = at / grid.chunk()[i];
    }
    return new StoredChunk(place, node.skip(Long.BYTES).address(), stored, skipped);
  }
}
