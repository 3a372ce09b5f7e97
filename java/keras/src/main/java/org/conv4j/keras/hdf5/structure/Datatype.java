package org.conv4j.keras.hdf5.structure;

import java.nio.ByteOrder;
import org.conv4j.tensor.ElementType;

/**
 * What an element is.
 *
 * @param kind how to read it
 * @param bytes its size
 * @param order the byte order of a number
 * @param number the type of a number, else null
 */
public record Datatype(Kind kind, int bytes, ByteOrder order, ElementType number) {
  /** The kinds that Keras's files hold. */
  public enum Kind {
    NUMBER,
    FIXED_STRING,
    VARIABLE_STRING,
    /** Bytes without a meaning of their own, as h5py stores bfloat16. */
    OPAQUE,
    OTHER
  }

  private static final int FIXED_POINT = 0;
  private static final int FLOATING_POINT = 1;
  private static final int STRING = 3;
  private static final int OPAQUE_BYTES = 5;
  private static final int ENUMERATION = 8;
  private static final int VARIABLE_LENGTH = 9;

  public static Datatype read(Cursor message) {
    int type = message.u8() & 0xf;
    long flags = message.unsigned(3);
    long size = message.u32();
    if (size == 0 || size > Integer.MAX_VALUE) {
      throw message.metadata().malformed("has elements of %d bytes".formatted(size));
    }
    int bytes = (int) size;
    ByteOrder order = (flags & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ElementType number =
        switch (type) {
          case FIXED_POINT -> whole(message, bytes, (flags & 8) != 0);
          case FLOATING_POINT -> (flags & 0x40) != 0 ? null : floating(message, bytes);
          // h5py stores NumPy's truth values as an enumeration of two.
          case ENUMERATION -> bytes == 1 && (flags & 0xffff) == 2 ? ElementType.BOOL : null;
          default -> null;
        };
    Kind kind =
        switch (type) {
          case STRING -> Kind.FIXED_STRING;
          case OPAQUE_BYTES -> Kind.OPAQUE;
          case VARIABLE_LENGTH -> (flags & 0xf) == 1 ? Kind.VARIABLE_STRING : Kind.OTHER;
          default -> number == null ? Kind.OTHER : Kind.NUMBER;
        };
    return new Datatype(kind, bytes, order, number);
  }

  private static ElementType whole(Cursor properties, int bytes, boolean signed) {
    int offset = properties.u16();
    int precision = properties.u16();
    if (offset != 0 || precision != 8 * bytes) {
      return null;
    }
    return switch (bytes) {
      case 1 -> signed ? ElementType.INT8 : ElementType.UINT8;
      case 2 -> signed ? ElementType.INT16 : ElementType.UINT16;
      case 4 -> signed ? ElementType.INT32 : ElementType.UINT32;
      case 8 -> signed ? ElementType.INT64 : ElementType.UINT64;
      default -> null;
    };
  }

  private static ElementType floating(Cursor properties, int bytes) {
    int offset = properties.u16();
    int precision = properties.u16();
    properties.u8();
    int exponentBits = properties.u8();
    properties.u8();
    int fractionBits = properties.u8();
    if (offset != 0 || precision != 8 * bytes || 1 + exponentBits + fractionBits != precision) {
      return null;
    }
    return switch (exponentBits) {
      case 5 -> bytes == 2 ? ElementType.FLOAT16 : null;
      case 8 -> bytes == 2 ? ElementType.BFLOAT16 : bytes == 4 ? ElementType.FLOAT32 : null;
      case 11 -> bytes == 8 ? ElementType.FLOAT64 : null;
      default -> null;
    };
  }
}
