package org.conv4j.keras.hdf5.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The messages that describe a group or a data set (specification, section IV.A). */
public final class ObjectHeader {
  public static final int DATASPACE = 0x01;
  public static final int LINK_INFO = 0x02;
  static final int DATATYPE = 0x03;
  public static final int OLD_FILL_VALUE = 0x04;
  public static final int FILL_VALUE = 0x05;
  public static final int LINK = 0x06;
  public static final int EXTERNAL_FILES = 0x07;
  public static final int LAYOUT = 0x08;
  public static final int FILTERS = 0x0b;
  public static final int ATTRIBUTE = 0x0c;
  static final int CONTINUATION = 0x10;
  public static final int SYMBOL_TABLE = 0x11;
  public static final int ATTRIBUTE_INFO = 0x15;

  private static final int SHARED = 2;
  private static final int IN_OBJECT = 2;
  private static final String SHARES =
      "shares descriptions between objects in a way that is not supported";
  private static final int TIMES_STORED = 0x20;
  private static final int PHASES_STORED = 0x10;
  private static final int ORDER_TRACKED = 0x04;
  private static final int CHECKSUM_BYTES = 4;

  private record Message(int type, boolean shared, Cursor body) {}

  private final Metadata metadata;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<Cursor> continuations = new ArrayDeque<>();

  private ObjectHeader(Metadata metadata) {
    this.metadata = metadata;
  }

  public static ObjectHeader read(Metadata metadata, long address) {
    ObjectHeader header = new ObjectHeader(metadata);
    if (metadata.at(address, 1).u8() == 1) {
      header.readOld(address);
    } else {
      header.readNew(address);
    }
    return header;
  }

  public boolean has(int type) {
    for (Message message : messages) {
      if (message.type == type) {
        return true;
      }
    }
    return false;
  }

  /** The only message of a type. */
  public Cursor one(int type, String name) {
    List<Cursor> found = all(type);
    if (found.size() != 1) {
      throw metadata.malformed(
          "describes an object by %d messages '%s'; expected 1".formatted(found.size(), name));
    }
    return found.get(0);
  }

  /** All messages of a type, each to be read from its start. */
  public List<Cursor> all(int type) {
    List<Cursor> found = new ArrayList<>();
    for (Message message : messages) {
      if (message.type == type) {
        if (message.shared) {
          throw metadata.malformed(SHARES);
        }
        found.add(new Cursor(message.body.rest(), metadata));
      }
    }
    return found;
  }

  /** The message that describes the elements, here or in an object of its own. */
  public Cursor datatype() {
    for (Message message : messages) {
      if (message.type == DATATYPE && message.shared) {
        return committed(new Cursor(message.body.rest(), metadata));
      }
    }
    return one(DATATYPE, "data type");
  }

  /**
   * Follows a reference to a data type that is an object of its own (specification, section IV.A.2:
   * shared messages).
   */
  public static Cursor committed(Cursor reference) {
    Metadata metadata = reference.metadata();
    int version = reference.u8();
    int kind = reference.u8();
    if (version == 1) {
      reference.skip(6);
    }
    if (version < 1 || version > 3 || version == 3 && kind != IN_OBJECT) {
      throw metadata.malformed(SHARES);
    }
    return read(metadata, reference.address()).one(DATATYPE, "data type");
  }

  private void readOld(long address) {
    Cursor prefix = metadata.at(address, 16).skip(2);
    int count = prefix.u16();
    long size = prefix.skip(4).u32();
    Cursor block = metadata.at(address + 16, size);
    int read = 0;
    while (block != null) {
      while (read < count && block.remaining() >= 8) {
        int type = block.u16();
        int bytes = block.u16();
        int flags = block.u8();
        add(type, flags, block.skip(3).take(bytes));
        read++;
      }
      block = continuations.poll();
    }
    if (read < count) {
      throw metadata.malformed("describes an object incompletely");
    }
  }

  private void readNew(long address) {
    Cursor start = metadata.at(address, 6).signature("OHDR").version("an object header", 2);
    int flags = start.u8();
    int before =
        6 + ((flags & TIMES_STORED) != 0 ? 16 : 0) + ((flags & PHASES_STORED) != 0 ? 4 : 0);
    int width = 1 << (flags & 3);
    long size = metadata.at(address + before, width).unsigned(width);
    int messageHeader = (flags & ORDER_TRACKED) != 0 ? 6 : 4;
    Cursor block = metadata.at(address + before + width, size);
    while (block != null) {
      while (block.remaining() >= messageHeader) {
        int type = block.u8();
        int bytes = block.u16();
        int messageFlags = block.u8();
        add(type, messageFlags, block.skip(messageHeader - 4).take(bytes));
      }
      Cursor next = continuations.poll();
      block =
          next == null
              ? null
              : next.signature("OCHK").take(Math.max(0, next.remaining() - CHECKSUM_BYTES));
    }
  }

  private void add(int type, int flags, Cursor body) {
    metadata.charge(0);
    if (type == CONTINUATION) {
      continuations.add(metadata.at(body.address(), body.length()));
    } else {
      messages.add(new Message(type, (flags & SHARED) != 0, body));
    }
  }
}
