package org.conv4j.keras.hdf5.structure;

import java.util.function.Consumer;

/**
 * A B-tree of version 2, as an index of records of one size (specification, section III.A.2). Only
 * walked from end to end: what is looked for is compared by name, not by hash.
 */
public final class BTree2 {
  private static final int CHECKSUM_BYTES = 4;

  /** Signature, version, type and checksum of a node. */
  private static final int NODE_BYTES = 6 + CHECKSUM_BYTES;

  /** More levels than a file of 2^63 bytes could fill. */
  private static final int MAX_DEPTH = 32;

  private final Metadata metadata;
  private final Consumer<Cursor> records;
  private final int type;
  private final int nodeBytes;
  private final int recordBytes;
  private final int countBytes;

  /** For each depth of a subtree, how many bytes its number of records takes in its parent. */
  private final int[] totalBytes;

  private BTree2(Metadata metadata, Cursor header, Consumer<Cursor> records) {
    this.metadata = metadata;
    this.records = records;
    type = header.u8();
    nodeBytes = (int) Math.min(Integer.MAX_VALUE, header.u32());
    recordBytes = header.u16();
    int depth = header.u16();
    if (depth > MAX_DEPTH || recordBytes == 0 || nodeBytes < NODE_BYTES + recordBytes) {
      throw metadata.malformed("has an impossible B-tree");
    }
    totalBytes = new int[depth];
    long leafRecords = (nodeBytes - NODE_BYTES) / recordBytes;
    countBytes = widthOf(leafRecords);
    long total = leafRecords;
    for (int level = 1; level < depth; level++) {
      int pointer = metadata.offsetBytes() + countBytes + totalBytes[level - 1];
      long fanOut = (nodeBytes - NODE_BYTES - pointer) / (recordBytes + pointer);
      total = Math.min(Integer.MAX_VALUE * 256L, (fanOut + 1) * total + fanOut);
      totalBytes[level] = widthOf(total);
    }
  }

  /** Reports each record of the tree whose header is at an address. */
  public static void read(Metadata metadata, long address, Consumer<Cursor> records) {
    int size = 22 + metadata.offsetBytes() + metadata.lengthBytes();
    Cursor header = metadata.at(address, size).signature("BTHD").version("a B-tree", 0);
    BTree2 tree = new BTree2(metadata, header, records);
    long root = header.skip(2).address();
    int count = header.u16();
    if (count > 0) {
      tree.readNode(root, count, tree.totalBytes.length);
    }
  }

  private void readNode(long address, long count, int depth) {
    int pointer =
        depth == 0
            ? 0
            : metadata.offsetBytes() + countBytes + (depth == 1 ? 0 : totalBytes[depth - 1]);
    long size = NODE_BYTES + count * recordBytes + (depth == 0 ? 0 : (count + 1) * pointer);
    if (size > nodeBytes) {
      throw metadata.malformed("has a B-tree node with %d records".formatted(count));
    }
    Cursor node =
        metadata
            .at(address, size)
            .signature(depth == 0 ? "BTLF" : "BTIN")
            .version("a B-tree node", 0);
    if (node.u8() != type) {
      throw metadata.malformed("has a B-tree node of another kind");
    }
    for (long i = 0; i < count; i++) {
      records.accept(node.take(recordBytes));
    }
    for (long i = 0; depth > 0 && i <= count; i++) {
      long child = node.address();
      long childCount = node.unsigned(countBytes);
      if (depth > 1) {
        node.skip(totalBytes[depth - 1]);
      }
      readNode(child, childCount, depth - 1);
    }
  }

  private static int widthOf(long largest) {
    return (Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, largest)) - 1) / 8 + 1;
  }
}
