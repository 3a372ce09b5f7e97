package org.conv4j.keras.hdf5.structure;

import java.util.HashMap;
import java.util.Map;

/**
 * The heap in which groups and objects of the new style keep many links or attributes
 * (specification, section III.G). Not thread-safe.
 */
final class FractalHeap {
  private static final int HEADER_BYTES = 26;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MANAGED = 0;
  private static final int HUGE = 1;
  private static final int TINY = 2;

  /** The first two rows of a table have blocks of the same size; each further one doubles it. */
  private static final int ROWS_OF_FIRST_SIZE = 2;

  private static final int MAX_HEAP_BITS = 63;
  private static final long MAX_BLOCK_BYTES = 1L << 32;

  private final Metadata metadata;
  private final long hugeObjects;
  private final int offsetWidth;
  private final int lengthWidth;
  private final int tableWidth;
  private final long firstBlockBytes;
  private final long maxDirectBytes;
  private final long root;
  private final int rootRows;
  private final Map<Long, Cursor> huge = new HashMap<>();

  private FractalHeap(Metadata metadata, Cursor header) {
    this.metadata = metadata;
    int offsets = metadata.offsetBytes();
    int lengths = metadata.lengthBytes();
    header.signature("FRHP").version("a fractal heap", 0).skip(2);
    if (header.u16() != 0) {
      throw metadata.malformed("compresses its metadata, which is not supported");
    }
    long maxManaged = header.skip(1).u32();
    hugeObjects = header.skip(lengths).address();
    header.skip(lengths + offsets + 8 * lengths);
    tableWidth = header.u16();
    firstBlockBytes = header.length();
    maxDirectBytes = header.length();
    int bits = header.u16();
    root = header.skip(2).address();
    rootRows = header.u16();
    if (tableWidth == 0
        || bits > MAX_HEAP_BITS
        || Long.bitCount(tableWidth) != 1
        || Long.bitCount(firstBlockBytes) != 1
        || Long.bitCount(maxDirectBytes) != 1
        || maxDirectBytes < firstBlockBytes
        || maxDirectBytes > MAX_BLOCK_BYTES
        || firstBlockBytes < 1) {
      throw metadata.malformed("has an impossible fractal heap");
    }
    offsetWidth = (bits + 7) / 8;
    lengthWidth = Math.min(width(maxDirectBytes), width(maxManaged));
  }

  static FractalHeap read(Metadata metadata, long address) {
    int size = HEADER_BYTES + 12 * metadata.lengthBytes() + 3 * metadata.offsetBytes();
    return new FractalHeap(metadata, metadata.at(address, size - CHECKSUM_BYTES));
  }

  /** The object that an identifier stands for. */
  Cursor object(Cursor id) {
    int kind = id.u8();
    return switch ((kind >> 4) & 3) {
      case MANAGED -> managed(id.unsigned(offsetWidth), id.unsigned(lengthWidth));
      case HUGE -> huge(id.unsigned(Math.min(Long.BYTES, id.remaining())));
      case TINY -> id.take((kind & 0xf) + 1L);
      default -> throw metadata.malformed("has an unknown kind of object in a heap");
    };
  }

  private Cursor managed(long offset, long length) {
    if (rootRows == 0) {
      return inBlock(root, 0, firstBlockBytes, offset, length);
    }
    long block = root;
    long blockStart = 0;
    int rows = rootRows;
    while (true) {
      long relative = offset - blockStart;
      int row = 0;
      long rowStart = 0;
      while (row < rows && relative >= rowStart + tableWidth * rowBytes(row)) {
        rowStart += tableWidth * rowBytes(row);
        row++;
      }
      if (row >= rows || relative < 0) {
        throw metadata.malformed("has an object outside its heap");
      }
      long column = (relative - rowStart) / rowBytes(row);
      long pointer =
          block + indirectPrefix() + (row * (long) tableWidth + column) * metadata.offsetBytes();
      long child = metadata.at(pointer, metadata.offsetBytes()).address();
      blockStart += rowStart + column * rowBytes(row);
      if (rowBytes(row) <= maxDirectBytes) {
        return inBlock(child, blockStart, rowBytes(row), offset, length);
      }
      block = child;
      rows = log2(rowBytes(row)) - log2(firstBlockBytes * tableWidth) + 1;
    }
  }

  private Cursor inBlock(long block, long blockStart, long blockBytes, long offset, long length) {
    long within = offset - blockStart;
    if (within < 0 || length < 0 || length > blockBytes || within > blockBytes - length) {
      throw metadata.malformed("has an object outside its heap");
    }
    return metadata.at(block + within, length);
  }

  private int indirectPrefix() {
    return 5 + metadata.offsetBytes() + offsetWidth;
  }

  private long rowBytes(int row) {
    int doublings = Math.max(0, row - ROWS_OF_FIRST_SIZE + 1);
    if (doublings > Long.numberOfLeadingZeros(firstBlockBytes * tableWidth) - 2) {
      throw metadata.malformed("has an impossible fractal heap");
    }
    return firstBlockBytes << doublings;
  }

  /** Objects too large for blocks are listed by number in a B-tree of their own. */
  private Cursor huge(long number) {
    if (huge.isEmpty()) {
      BTree2.read(
          metadata,
          hugeObjects,
          entry -> {
            long address = entry.address();
            long length = entry.length();
            huge.put(entry.length(), metadata.at(address, length));
          });
    }
    Cursor object = huge.get(number);
    if (object == null) {
      throw metadata.malformed("has an object outside its heap");
    }
    return object;
  }

  private static int width(long limit) {
    return log2(limit) / 8 + 1;
  }

  private static int log2(long value) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, value));
  }
}
