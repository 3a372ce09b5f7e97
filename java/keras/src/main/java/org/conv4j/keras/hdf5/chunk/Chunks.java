package org.conv4j.keras.hdf5.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.conv4j.bytes.MemoryBudget;
import org.conv4j.keras.hdf5.structure.Metadata;
import org.conv4j.tensor.Tensor;

/** Puts the chunks of a data set where they belong in a tensor. */
public final class Chunks {
  private static final int MAX_CHUNK_BYTES = 1 << 30;

  private final Array array;
  private final ChunkGrid grid;
  private final int chunkBytes;
  private final boolean overlapsUnfiltered;
  private final Filters filters;
  private final Metadata metadata;
  private final MemoryBudget budget;
  private final Tensor tensor;
  private final BitSet seen = new BitSet();

  private Chunks(
      DataLayout.Chunked layout,
      Array array,
      ChunkGrid grid,
      Filters filters,
      Metadata metadata,
      MemoryBudget budget,
      Tensor tensor) {
    this.array = array;
    this.grid = grid;
    this.chunkBytes = size(layout, array, metadata);
    this.overlapsUnfiltered = layout.overlapsUnfiltered();
    this.filters = filters;
    this.metadata = metadata;
    this.budget = budget;
    this.tensor = tensor;
  }

  /** Fills a tensor, which keeps its elements where no chunk was written. */
  public static void read(
      DataLayout.Chunked layout,
      Array array,
      long[] maxExtents,
      Filters filters,
      Metadata metadata,
      MemoryBudget budget,
      Tensor tensor) {
    int chunkBytes = size(layout, array, metadata);
    long[] extents = array.shape().toArray();
    long[] chunk = Arrays.copyOf(layout.dims(), extents.length);
    ChunkGrid grid = new ChunkGrid(extents, maxExtents, chunk);
    Chunks chunks = new Chunks(layout, array, grid, filters, metadata, budget, tensor);
    layout.index().read(grid, chunkBytes, metadata, chunks::add);
  }

  private static int size(DataLayout.Chunked layout, Array array, Metadata metadata) {
    long[] dims = layout.dims();
    boolean sound =
        dims.length == array.shape().rank() + 1
            && dims[dims.length - 1] == array.type().bytes()
            && array.shape().rank() > 0;
    long bytes = 1;
    for (int i = 0; sound && i < dims.length; i++) {
      sound = dims[i] > 0 && dims[i] <= MAX_CHUNK_BYTES;
      bytes *= dims[i];
      sound &= bytes <= MAX_CHUNK_BYTES;
    }
    if (!sound) {
      throw metadata.malformed("has chunks that do not fit their array");
    }
    return (int) bytes;
  }

  private void add(StoredChunk chunk) {
    if (!grid.has(chunk.place())) {
      return;
    }
    int number = 0;
    int[] origin = new int[grid.rank()];
    for (int i = 0; i < origin.length; i++) {
      number = (int) (number * grid.along(i) + chunk.place()[i]);
      origin[i] = (int) (chunk.place()[i] * grid.chunk()[i]);
    }
    if (seen.get(number)) {
      throw metadata.malformed("has a chunk twice");
    }
    seen.set(number);
    budget.take(chunkBytes);
    byte[] bytes =
        overlapsUnfiltered && grid.overlaps(chunk.place()) ? plain(chunk) : restored(chunk);
    place(ByteBuffer.wrap(bytes).order(array.order()), origin, 0, 0, 0);
  }

  private byte[] restored(StoredChunk chunk) {
    return filters.restore(
        metadata.data(chunk.address(), chunk.bytes()),
        chunk.skipped(),
        chunkBytes,
        array.type().bytes());
  }

  private byte[] plain(StoredChunk chunk) {
    return metadata.data(chunk.address(), chunkBytes).read(0, chunkBytes);
  }

  /** Copies row by row what is inside the array. */
  private void place(ByteBuffer bytes, int[] origin, int axis, long from, long to) {
    long[] extents = grid.extents();
    long[] chunk = grid.chunk();
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
}
