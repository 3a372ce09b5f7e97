package org.conv4j.keras.hdf5.structure;

import java.util.function.Consumer;

/**
 * Messages that are too many for an object's header: they lie in a heap, which a B-tree lists
 * (specification, sections IV.A.2.c and IV.A.2.v).
 */
public final class DenseStorage {
  private static final int TRACKS_ORDER = 1;
  private static final int HASH_BYTES = 4;

  private DenseStorage() {}

  /** What the messages are. */
  public enum Kind {
    LINKS(Long.BYTES),
    ATTRIBUTES(Short.BYTES);

    private final int orderBytes;

    Kind(int orderBytes) {
      this.orderBytes = orderBytes;
    }
  }

  /** Reports each message that an information message refers to. */
  public static void read(Cursor message, Kind kind, Consumer<Cursor> messages) {
    Metadata metadata = message.metadata();
    int flags = message.version("an information message", 0).u8();
    if ((flags & TRACKS_ORDER) != 0) {
      message.skip(kind.orderBytes);
    }
    long heapAddress = message.address();
    long index = message.address();
    if (heapAddress == Cursor.UNDEFINED) {
      return;
    }
    FractalHeap heap = FractalHeap.read(metadata, heapAddress);
    BTree2.read(
        metadata,
        index,
        entry -> messages.accept(heap.object(kind == Kind.LINKS ? entry.skip(HASH_BYTES) : entry)));
  }
}
