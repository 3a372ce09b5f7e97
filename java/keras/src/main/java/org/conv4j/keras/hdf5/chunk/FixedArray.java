package org.conv4j.keras.hdf5.chunk;

import java.util.function.Consumer;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;

/**
 * Chunks in an array that does not grow (specification, section VII.C).
 *
 * @param header the address of its header, or {@link Cursor#UNDEFINED} if nothing was written
 */
record FixedArray(long header) implements ChunkIndex {
  private static final int CHECKSUM_BYTES = 4;
  private static final int MAX_PAGE_BITS = 32;

  @Override
  public void read(
      ChunkGrid grid, long chunkBytes, Metadata metadata, Consumer<StoredChunk> chunks) {
    if (header == Cursor.UNDEFINED) {
      return;
    }
    int offsets = metadata.offsetBytes();
    Cursor head =
        metadata
            .at(header, 8L + metadata.lengthBytes() + offsets)
            .signature("FAHD")
            .version("an array of chunks", 0)
            .skip(1);
    int width = head.u8();
    int pageBits = head.u8();
    long count = head.length();
    long block = head.address();
    long numbers = grid.numbers(0);
    if (width < offsets || pageBits > MAX_PAGE_BITS || count < numbers) {
      throw metadata.malformed("has an impossible array of chunks");
    }
    if (block == Cursor.UNDEFINED) {
      return;
    }
    ChunkPage page = new ChunkPage(grid, 0, width, chunkBytes, metadata, chunks);
    long prefix = 6L + offsets;
    metadata.at(block, prefix).signature("FADB").version("a block of chunks", 0);
    if (count <= 1L << pageBits) {
      page.read(block + prefix, 0, numbers);
      return;
    }
    long pageEntries = 1L << pageBits;
    long pages = (count - 1) / pageEntries + 1;
    long bitmapBytes = (pages - 1) / Byte.SIZE + 1;
    Cursor bitmap = metadata.at(block + prefix, bitmapBytes);
    long first = block + prefix + bitmapBytes + CHECKSUM_BYTES;
    long pageBytes = pageEntries * width + CHECKSUM_BYTES;
    for (long i = 0; i * pageEntries < numbers; i++) {
      if (bitmap.bit(i)) {
        long start = i * pageEntries;
        page.read(first + i * pageBytes, start, Math.min(pageEntries, numbers - start));
      }
    }
  }
}
