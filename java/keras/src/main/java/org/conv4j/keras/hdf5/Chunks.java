package org.conv4j.keras.hdf5;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.conv4j.keras.bytes.MemoryBudget;
import org.conv4j.tensor.Tensor;

/** Puts the chunks of a data set where they belong in a tensor (specification, III.A.1). */
final class Chunks {
  private static final int CHUNK_NODE = 1;
  private static final int NODE_BYTES = 8;
  private static final int MAX_CHUNK_BYTES = 1 << 30;

  private final Array array;
  private final long[] extents;
  private final long[] chunk;
  private final int chunkBytes;
  private final Filters filters;
  private final Metadata metadata;
  private final MemoryBudget budget;
  private final Tensor tensor;
  private final Set<Long> seen = new HashSet<>();

  private Chunks(
      DataLayout.Chunked layout,
      Array array,
      Filters filters,
      Metadata metadata,
      MemoryBudget budget,
      Tensor tensor) {
    this.array = array;
    this.extents = array.shape().toArray();
    this.chunk = layout.dims();
    this.chunkBytes = size(layout, array, metadata);
    this.filters = filters;
    this.metadata = metadata;
    this.budget = budget;
    this.tensor = tensor;
  }

  static Tensor read(
      DataLayout.Chunked layout,
      Array array,
      Filters filters,
      Metadata metadata,
      MemoryBudget budget) {
    size(layout, array, metadata);
    Tensor tensor = Tensor.allocate(array.type().dataType(), array.shape());
    try {
      Chunks chunks = new Chunks(layout, array, filters, metadata, budget, tensor);
      chunks.readNode(layout.index(), -1);
      chunks.requireAll();
      return tensor;
    } catch (RuntimeException | Error failure) {
      tensor.close();
      throw failure;
    }
  }

  private static int size(DataLayout.Chunked layout, Array array, Metadata metadata) {
    long[] dims = layout.dims();
    boolean sound =
        dims.length == array.shape().rank() + 1
            && dims[dims.length - 1] == array.type().bytes()
            && array.shape().rank() > 0;
    long bytes = 1;
    for (int i = 0; sound && i < dims.length; i++) {
      bytes *= dims[i];
      sound = bytes > 0 && bytes <= MAX_CHUNK_BYTES;
    }
    if (!sound) {
      throw metadata.malformed("has chunks that do not fit their array");
    }
    return (int) bytes;
  }

  private void readNode(long address, int expectedLevel) {
    Cursor start = metadata.at(address, NODE_BYTES).signature("TREE");
    int type = start.u8();
    int level = start.u8();
    int count = start.u16();
    if (type != CHUNK_NODE || (expectedLevel >= 0 && level != expectedLevel)) {
      throw metadata.malformed("has a damaged B-tree");
    }
    int offsets = metadata.offsetBytes();
    int key = 2 * Integer.BYTES + chunk.length * Long.BYTES;
    long size = NODE_BYTES + 2L * offsets + (long) count * (key + offsets);
    Cursor node = metadata.at(address, size).skip(NODE_BYTES + 2 * offsets);
    for (int i = 0; i < count; i++) {
      if (level == 0) {
        readChunk(node);
      } else {
        readNode(node.skip(key).address(), level - 1);
      }
    }
  }

  private void readChunk(Cursor node) {
    long stored = node.u32();
    long skipped = node.u32();
    int[] origin = new int[extents.length];
    long number = 0;
    for (int i = 0; i < origin.length; i++) {
      long at = node.unsigned(Long.BYTES);
      if (at < 0 || at >= extents[i] || at % chunk[i] != 0) {
        throw metadata.malformed("has a chunk outside its array");
      }
      origin[i] = (int) at;
      number = number * perAxis(i) + at / chunk[i];
    }
    long address = node.skip(Long.BYTES).address();
    if (!seen.add(number)) {
      throw metadata.malformed("has a chunk twice");
    }
    budget.take(chunkBytes);
    byte[] bytes =
        filters.restore(metadata.data(address, stored), skipped, chunkBytes, array.type().bytes());
    place(ByteBuffer.wrap(bytes).order(array.order()), origin, 0, 0, 0);
  }

  /** Copies row by row what is inside the array. */
  private void place(ByteBuffer bytes, int[] origin, int axis, long from, long to) {
    int count = (int) Math.min(chunk[axis], extents[axis] - origin[axis]);
    if (axis == extents.length - 1) {
      int elementBytes = array.type().bytes();
      ByteBuffer row = bytes.slice((int) (from * chunk[axis]) * elementBytes, count * elementBytes);
      array
          .type()
          .copy(row.order(array.order()), count, tensor, (int) (to * extents[axis] + origin[axis]));
      return;
    }
    for (int i = 0; i < count; i++) {
      place(bytes, origin, axis + 1, from * chunk[axis] + i, to * extents[axis] + origin[axis] + i);
    }
  }

  private void requireAll() {
    long expected = 1;
    for (int i = 0; i < extents.length; i++) {
      expected *= perAxis(i);
    }
    if (seen.size() != expected) {
      throw metadata.malformed("has %d of %d chunks".formatted(seen.size(), expected));
    }
  }

  private long perAxis(int axis) {
    return (extents[axis] + chunk[axis] - 1) / chunk[axis];
  }
}
