package org.conv4j.keras.hdf5.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.conv4j.error.MalformedFileException;

/** Reads the fields of one structure, one after the other; running over its end is malformed. */
public final class Cursor {
  /** What HDF5 writes for an address that there is none of. */
  public static final long UNDEFINED = -1;

  private final ByteBuffer bytes;
  private final Metadata metadata;

  public Cursor(ByteBuffer bytes, Metadata metadata) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.metadata = metadata;
  }

  public Metadata metadata() {
    return metadata;
  }

  public int remaining() {
    return bytes.remaining();
  }

  int position() {
    return bytes.position();
  }

  public int u8() {
    return Byte.toUnsignedInt(need(1).get());
  }

  public int u16() {
    return Short.toUnsignedInt(need(2).getShort());
  }

  public long u32() {
    return Integer.toUnsignedLong(need(4).getInt());
  }

  /** An unsigned number of 1 to 8 bytes; one beyond 2^63 comes out negative. */
  public long unsigned(int width) {
    need(width);
    if (width == Long.BYTES) {
      return bytes.getLong();
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= Byte.toUnsignedLong(bytes.get()) << (8 * i);
    }
    return value;
  }

  /** An address in the file, or {@link #UNDEFINED}. */
  public long address() {
    int width = metadata.offsetBytes();
    long value = unsigned(width);
    return width < Long.BYTES && value == (1L << (8 * width)) - 1 ? UNDEFINED : value;
  }

  /** A size in the file. */
  public long length() {
    return unsigned(metadata.lengthBytes());
  }

  /** One bit of this structure, counted from its start; the first of a byte is its highest. */
  public boolean bit(long index) {
    long at = index / Byte.SIZE;
    if (at >= bytes.limit()) {
      throw overrun();
    }
    return (bytes.get((int) at) & (0x80 >> (int) (index % Byte.SIZE))) != 0;
  }

  public Cursor skip(int count) {
    need(count);
    bytes.position(bytes.position() + count);
    return this;
  }

  /** Skips to the next multiple of 8 from the structure's start, or to its end. */
  public void align() {
    bytes.position(Math.min(bytes.limit(), (bytes.position() + 7) & -8));
  }

  /** The next bytes as a structure of their own. */
  public Cursor take(long count) {
    if (count < 0 || count > bytes.remaining()) {
      throw overrun();
    }
    Cursor part = new Cursor(bytes.slice(bytes.position(), (int) count), metadata);
    bytes.position(bytes.position() + (int) count);
    return part;
  }

  /** The bytes that are left. */
  public ByteBuffer rest() {
    return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The next bytes as text, up to the first zero if there is one; charged to the budget. */
  public String text(long count) {
    Cursor part = take(count);
    int length = 0;
    while (length < part.remaining() && part.bytes.get(length) != 0) {
      length++;
    }
    metadata.charge(length);
    byte[] encoded = new byte[length];
    part.bytes.get(encoded);
    return new String(encoded, StandardCharsets.UTF_8);
  }

  /** What is left as text, up to the first zero if there is one; charged to the budget. */
  String remainingText() {
    return text(remaining());
  }

  /** Requires the four letters that mark the kind of a structure. */
  public Cursor signature(String expected) {
    byte[] letters = new byte[4];
    need(letters.length).get(letters);
    String given = new String(letters, StandardCharsets.ISO_8859_1);
    if (!given.equals(expected)) {
      throw metadata.malformed("has no '%s' where one should be".formatted(expected));
    }
    return this;
  }

  public Cursor version(String what, int... known) {
    int version = u8();
    for (int each : known) {
      if (version == each) {
        return this;
      }
    }
    throw metadata.malformed("has %s of the unknown version %d".formatted(what, version));
  }

  private ByteBuffer need(int count) {
    if (count < 0 || count > bytes.remaining()) {
      throw overrun();
    }
    return bytes;
  }

  private MalformedFileException overrun() {
    return metadata.malformed("has a structure that is longer than its place");
  }
}
