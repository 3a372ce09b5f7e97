package org.conv4j.keras.hdf5.structure;

/**
 * One member of a group (specification, sections III.C and IV.A.2.g).
 *
 * @param name its name
 * @param kind where it leads
 * @param address its object's header, if the link is hard
 * @param target the path that a soft link leads to, or the file of an external one
 */
public record Link(String name, Kind kind, long address, String target) {
  /** Where a link leads. */
  public enum Kind {
    /** To an object by its address. */
    HARD,
    /** To a path in the same file. */
    SOFT,
    /** To a path in another file. */
    EXTERNAL,
    /** Somewhere that only the program knows which wrote the file. */
    OTHER
  }

  private static final int NAME_WIDTH = 3;
  private static final int HAS_ORDER = 4;
  private static final int HAS_TYPE = 8;
  private static final int HAS_CHARSET = 16;

  static Link hard(String name, long address) {
    return new Link(name, Kind.HARD, address, "");
  }

  static Link soft(String name, String target) {
    return new Link(name, Kind.SOFT, Cursor.UNDEFINED, target);
  }

  public static Link read(Cursor message) {
    int flags = message.version("a link", 1).u8();
    int type = (flags & HAS_TYPE) != 0 ? message.u8() : 0;
    if ((flags & HAS_ORDER) != 0) {
      message.skip(Long.BYTES);
    }
    if ((flags & HAS_CHARSET) != 0) {
      message.skip(1);
    }
    String name = message.text(message.unsigned(1 << (flags & NAME_WIDTH)));
    return switch (type) {
      case 0 -> hard(name, message.address());
      case 1 -> soft(name, message.text(message.u16()));
      // A byte with version and flags, then the file and the path in it.
      case 64 ->
          new Link(
              name,
              Kind.EXTERNAL,
              Cursor.UNDEFINED,
              message.take(message.u16()).skip(1).remainingText());
      default -> new Link(name, Kind.OTHER, Cursor.UNDEFINED, "");
    };
  }
}
