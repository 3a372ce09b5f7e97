package org.conv4j.keras.hdf5.structure;

import java.util.function.Consumer;

/**
 * The members of a group in the old style: a B-tree whose leaves list names, which lie in a heap
 * (specification, sections III.A.1, III.B, III.C and III.D).
 */
public final class SymbolTable {
  private static final int GROUP_NODE = 0;
  private static final int NODE_BYTES = 8;
  private static final int LEAF_BYTES = 8;
  private static final int SCRATCH_BYTES = 16;
  private static final int SOFT_LINK = 2;

  private final Metadata metadata;
  private final Cursor names;
  private final Consumer<Link> members;

  private SymbolTable(Metadata metadata, Cursor names, Consumer<Link> members) {
    this.metadata = metadata;
    this.names = names;
    this.members = members;
  }

  /** Reports each member. */
  public static void read(Cursor message, Consumer<Link> members) {
    Metadata metadata = message.metadata();
    long tree = message.address();
    long heap = message.address();
    int width = metadata.lengthBytes();
    Cursor header =
        metadata
            .at(heap, 8 + 2L * width + metadata.offsetBytes())
            .signature("HEAP")
            .version("a heap", 0)
            .skip(3);
    long size = header.length();
    long data = header.skip(width).address();
    new SymbolTable(metadata, metadata.at(data, size), members).readNode(tree, -1);
  }

  private void readNode(long address, int expectedLevel) {
    Cursor start = metadata.at(address, NODE_BYTES).signature("TREE");
    int type = start.u8();
    int level = start.u8();
    int count = start.u16();
    if (type != GROUP_NODE || (expectedLevel >= 0 && level != expectedLevel)) {
      throw metadata.malformed("has a damaged B-tree");
    }
    int offsets = metadata.offsetBytes();
    int keys = metadata.lengthBytes();
    long size = NODE_BYTES + 2L * offsets + (long) count * (keys + offsets);
    Cursor node = metadata.at(address, size).skip(NODE_BYTES + 2 * offsets);
    for (int i = 0; i < count; i++) {
      long child = node.skip(keys).address();
      if (level == 0) {
        readLeaf(child);
      } else {
        readNode(child, level - 1);
      }
    }
  }

  private void readLeaf(long address) {
    Cursor start = metadata.at(address, LEAF_BYTES).signature("SNOD").version("a symbol node", 1);
    int count = start.skip(1).u16();
    int entry = 2 * metadata.offsetBytes() + 8 + SCRATCH_BYTES;
    Cursor leaf = metadata.at(address, LEAF_BYTES + (long) count * entry).skip(LEAF_BYTES);
    for (int i = 0; i < count; i++) {
      long name = leaf.address();
      long object = leaf.address();
      boolean soft = leaf.u32() == SOFT_LINK;
      Cursor scratch = leaf.skip(4).take(SCRATCH_BYTES);
      String text = text(name);
      members.accept(soft ? Link.soft(text, text(scratch.u32())) : Link.hard(text, object));
    }
  }

  private String text(long offset) {
    if (offset < 0 || offset > names.remaining()) {
      throw metadata.malformed("has a member without a name");
    }
    return new Cursor(names.rest(), metadata).skip((int) offset).remainingText();
  }
}
