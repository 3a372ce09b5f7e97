package org.conv4j.keras.hdf5.structure;

import java.util.HashMap;
import java.util.Map;

/**
 * The collections in which a file keeps its texts of variable length (specification, section
 * III.E). Not thread-safe.
 */
public final class GlobalHeap {
  private static final int HEADER_BYTES = 8;
  private static final int FREE_SPACE = 0;

  private final Metadata metadata;
  private final Map<Long, Map<Integer, Cursor>> collections = new HashMap<>();

  public GlobalHeap(Metadata metadata) {
    this.metadata = metadata;
  }

  /** Reads the text that a reference stands for: its length, a collection's address, an index. */
  public String text(Cursor reference) {
    long length = reference.u32();
    long address = reference.address();
    int index = (int) reference.u32();
    if (length == 0) {
      return "";
    }
    Cursor object = collections.computeIfAbsent(address, this::read).get(index);
    if (object == null) {
      throw metadata.malformed("refers to a text that is not there");
    }
    return new Cursor(object.rest(), metadata).text(length);
  }

  private Map<Integer, Cursor> read(long address) {
    int width = metadata.lengthBytes();
    long size =
        metadata
            .at(address, HEADER_BYTES + width)
            .signature("GCOL")
            .version("a global heap", 1)
            .skip(3)
            .length();
    Cursor collection = metadata.at(address, size).skip(HEADER_BYTES + width);
    Map<Integer, Cursor> objects = new HashMap<>();
    while (collection.remaining() >= HEADER_BYTES + width) {
      int index = collection.u16();
      long bytes = collection.skip(6).length();
      if (index == FREE_SPACE) {
        break;
      }
      objects.put(index, collection.take(bytes));
      collection.skip((int) Math.min(collection.remaining(), -bytes & 7));
    }
    return objects;
  }
}
