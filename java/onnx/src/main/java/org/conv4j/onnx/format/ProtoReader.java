package org.conv4j.onnx.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.conv4j.bytes.Bytes;
import org.conv4j.error.MalformedFileException;

/**
 * Reads the fields of protocol buffer messages one after the other, through a small window of the
 * file. A length that a message declares is held against what surrounds it before anything is
 * allocated. Not thread-safe.
 */
final class ProtoReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final int WINDOW = 1 << 14;

  /** Names and texts are short; anything longer is no name. */
  private static final int LONGEST_STRING = 1 << 22;

  private final Bytes bytes;
  private final byte[] window = new byte[WINDOW];
  private long windowStart;
  private int windowLength;
  private long position;
  private long end;
  private int field;
  private int wire;

  ProtoReader(Bytes bytes, long begin, long end) {
    this.bytes = bytes;
    this.position = begin;
    this.end = end;
  }

  Bytes bytes() {
    return bytes;
  }

  long position() {
    return position;
  }

  long end() {
    return end;
  }

  int field() {
    return field;
  }

  int wire() {
    return wire;
  }

  /** Goes to the next field of the message; false at its end. */
  boolean next() {
    if (position >= end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wire = (int) (tag & 7);
    if (field == 0 || tag >>> 32 != 0) {
      throw malformed("a field has the number " + (tag >>> 3));
    }
    return true;
  }

  /** Checks how the field is written. */
  void require(int expected) {
    if (wire != expected) {
      throw malformed("field %d has the wire type %d, not %d".formatted(field, wire, expected));
    }
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = next8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw malformed("a number has more than 10 bytes");
  }

  int fixed32() {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= next8() << shift;
    }
    return value;
  }

  long fixed64() {
    return (fixed32() & 0xffffffffL) | (long) fixed32() << 32;
  }

  /** The length of what follows, which lies inside the message. */
  long length() {
    require(BYTES);
    long length = varint();
    if (length < 0 || length > end - position) {
      throw malformed(
          "field %d declares %s bytes where %d are left"
              .formatted(field, Long.toUnsignedString(length), end - position));
    }
    return length;
  }

  /** Goes into the message that is the field's value; returns what {@link #leave} needs. */
  long enter() {
    long length = length();
    long outer = end;
    end = position + length;
    return outer;
  }

  /** Goes behind the message that was entered. */
  void leave(long outer) {
    position = end;
    end = outer;
  }

  String string() {
    long length = length();
    if (length > LONGEST_STRING) {
      throw malformed("a text has " + length + " bytes");
    }
    byte[] text = new byte[(int) length];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) next8();
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  void skip() {
    switch (wire) {
      case VARINT -> varint();
      case FIXED64 -> move(8);
      case BYTES -> move(length());
      case FIXED32 -> move(4);
      default -> throw malformed("field %d has the wire type %d".formatted(field, wire));
    }
  }

  void move(long count) {
    if (count > end - position) {
      throw malformed("a field ends behind its message");
    }
    position += count;
  }

  MalformedFileException malformed(String what) {
    return new MalformedFileException(
        "%s is no sound ONNX file: at byte %d, %s.".formatted(bytes.source(), position, what));
  }

  private int next8() {
    if (position >= end) {
      throw malformed("a message ends in the middle of a field");
    }
    long at = position - windowStart;
    if (at < 0 || at >= windowLength) {
      windowStart = position;
      windowLength = (int) Math.min(WINDOW, bytes.size() - position);
      bytes.read(position, ByteBuffer.wrap(window, 0, windowLength));
      at = 0;
    }
    position++;
    return window[(int) at] & 0xff;
  }
}
