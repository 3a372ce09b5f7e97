package org.conv4j.keras.hdf5.chunk;

import java.util.function.Consumer;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;

/**
 * Chunks in an array that grows along one dimension (specification, section VII.D). Its first
 * entries lie in an index block, the next ones in data blocks that this block lists, all others in
 * data blocks that super blocks list. Super block k, counted from the first data blocks on, has
 * 2^(k/2) data blocks of 2^((k+1)/2) times the smallest size.
 *
 * @param header the address of its header, or {@link Cursor#UNDEFINED} if nothing was written
 */
record ExtensibleArray(long header) implements ChunkIndex {
  private static final int CHECKSUM_BYTES = 4;

  /** HDF5 writes 32. */
  private static final int MAX_BITS = 40;

  @Override
  public void read(
      ChunkGrid grid, long chunkBytes, Metadata metadata, Consumer<StoredChunk> chunks) {
    if (header == Cursor.UNDEFINED) {
      return;
    }
    int slowest = grid.unlimitedAxis();
    if (slowest < 0) {
      throw metadata.malformed("has chunks in a growing array, but an extent that is fixed");
    }
    new Walk(metadata, header, grid, slowest, chunkBytes, chunks).readIndexBlock();
  }

  /** One pass over the array. */
  private static final class Walk {
    private final Metadata metadata;
    private final ChunkPage page;
    private final int width;
    private final int offsetWidth;
    private final int indexEntries;
    private final long smallest;
    private final int leastPointers;
    private final long pageEntries;
    private final int superBlocks;
    private final long indexBlock;

    /** Entries from here on are of no interest. */
    private final long end;

    /** The number of the next entry. */
    private long number;

    Walk(
        Metadata metadata,
        long header,
        ChunkGrid grid,
        int slowest,
        long chunkBytes,
        Consumer<StoredChunk> chunks) {
      this.metadata = metadata;
      int offsets = metadata.offsetBytes();
      Cursor head =
          metadata
              .at(header, 12L + 6 * metadata.lengthBytes() + offsets)
              .signature("EAHD")
              .version("an array of chunks", 0)
              .skip(1);
      width = head.u8();
      int bits = head.u8();
      indexEntries = head.u8();
      smallest = head.u8();
      leastPointers = head.u8();
      int pageBits = head.u8();
      indexBlock = head.skip(6 * metadata.lengthBytes()).address();
      if (width < offsets
          || bits > MAX_BITS
          || pageBits > MAX_BITS
          || Long.bitCount(smallest) != 1
          || Long.bitCount(leastPointers) != 1
          || leastPointers < 2
          || bits < Long.numberOfTrailingZeros(smallest)) {
        throw metadata.malformed("has an impossible array of chunks");
      }
      offsetWidth = (bits + 7) / Byte.SIZE;
      pageEntries = 1L << pageBits;
      superBlocks = 1 + bits - Long.numberOfTrailingZeros(smallest);
      end = grid.numbers(slowest);
      page = new ChunkPage(grid, slowest, width, chunkBytes, metadata, chunks);
    }

    void readIndexBlock() {
      if (indexBlock == Cursor.UNDEFINED) {
        return;
      }
      int offsets = metadata.offsetBytes();
      // The super blocks whose data blocks the index block lists itself.
      int listed = 2 * Integer.numberOfTrailingZeros(leastPointers);
      int dataBlocks = 2 * (leastPointers - 1);
      int others = Math.max(0, superBlocks - listed);
      long prefix = 6L + offsets;
      long size = prefix + (long) indexEntries * width + (dataBlocks + (long) others) * offsets;
      Cursor block =
          metadata
              .at(indexBlock, size)
              .signature("EAIB")
              .version("a block of chunks", 0)
              .skip((int) prefix - 5);
      Cursor entries = block.take((long) indexEntries * width);
      page.entries(entries, 0, Math.min(end, indexEntries));
      number = indexEntries;
      for (int level = 0; level < listed; level++) {
        for (long i = 0; i < blocks(level); i++) {
          readDataBlock(block.address(), entries(level), null, 0);
        }
      }
      for (int level = listed; level < superBlocks && number < end; level++) {
        readSuperBlock(block.address(), level);
      }
    }

    private static long blocks(int level) {
      return 1L << (level / 2);
    }

    private long entries(int level) {
      return smallest << ((level + 1) / 2);
    }

    private void readSuperBlock(long address, int level) {
      long blocks = blocks(level);
      long entries = entries(level);
      if (address == Cursor.UNDEFINED) {
        number += blocks * entries;
        return;
      }
      int offsets = metadata.offsetBytes();
      long pages = entries > pageEntries ? entries / pageEntries : 0;
      long bitmapBytes = (pages + Byte.SIZE - 1) / Byte.SIZE;
      long prefix = 6L + offsets + offsetWidth;
      Cursor block =
          metadata
              .at(address, prefix + blocks * (bitmapBytes + offsets))
              .signature("EASB")
              .version("a block of chunks", 0)
              .skip((int) prefix - 5);
      Cursor bitmaps = block.take(blocks * bitmapBytes);
      for (long i = 0; i < blocks && number < end; i++) {
        readDataBlock(block.address(), entries, bitmaps, i * pages);
      }
    }

    /** Pages of large blocks are marked in a bitmap from a bit on if they were written. */
    private void readDataBlock(long address, long entries, Cursor bitmaps, long firstBit) {
      long start = number;
      number += entries;
      if (address == Cursor.UNDEFINED || start >= end) {
        return;
      }
      long prefix = 6L + metadata.offsetBytes() + offsetWidth;
      metadata.at(address, prefix).signature("EADB").version("a block of chunks", 0);
      if (entries <= pageEntries) {
        page.read(address + prefix, start, Math.min(entries, end - start));
        return;
      }
      if (bitmaps == null) {
        throw metadata.malformed("has an impossible array of chunks");
      }
      long pageBytes = pageEntries * width + CHECKSUM_BYTES;
      for (long i = 0; i * pageEntries < Math.min(entries, end - start); i++) {
        long at = start + i * pageEntries;
        if (bitmaps.bit(firstBit + i)) {
          page.read(
              address + prefix + CHECKSUM_BYTES + i * pageBytes,
              at,
              Math.min(pageEntries, end - at));
        }
      }
    }
  }
}
