package org.conv4j.keras.hdf5;

/**
 * One member of a group in the new style (specification, section IV.A.2.g).
 *
 * @param name its name
 * @param address its object's header, or {@link Cursor#UNDEFINED} for a link by path
 */
record Link(String name, long address) {
  private static final int NAME_WIDTH = 3;
  private static final int HAS_ORDER = 4;
  private static final int HAS_TYPE = 8;
  private static final int HAS_CHARSET = 16;
  private static final int HARD = 0;

  static Link read(Cursor message) {
    int flags = message.version("a link", 1).u8();
    int type = (flags & HAS_TYPE) != 0 ? message.u8() : HARD;
    if ((flags & HAS_ORDER) != 0) {
      message.skip(Long.BYTES);
    }
    if ((flags & HAS_CHARSET) != 0) {
      message.skip(1);
    }
    String name = message.text(message.unsigned(1 << (flags & NAME_WIDTH)));
    return new Link(name, type == HARD ? message.address() : Cursor.UNDEFINED);
  }
}
