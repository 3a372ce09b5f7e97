package org.conv4j.npy;

import java.nio.ByteBuffer;
import java.util.Map;
import org.conv4j.tensor.DataType;

/** NumPy's element types that a tensor can hold, by type code. */
enum ElementType {
  BOOL(1, DataType.FLOAT32) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.get() == 0 ? 0 : 1;
    }
  },
  INT8(1, DataType.FLOAT32) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  UINT8(1, DataType.FLOAT32) {
    @Override
    double next(ByteBuffer bytes) {
      return Byte.toUnsignedInt(bytes.get());
    }
  },
  INT16(2, DataType.FLOAT32) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  UINT16(2, DataType.FLOAT32) {
    @Override
    double next(ByteBuffer bytes) {
      return Short.toUnsignedInt(bytes.getShort());
    }
  },
  INT32(4, DataType.FLOAT64) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  UINT32(4, DataType.FLOAT64) {
    @Override
    double next(ByteBuffer bytes) {
      return Integer.toUnsignedLong(bytes.getInt());
    }
  },
  INT64(8, DataType.FLOAT64) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getLong();
    }
  },
  UINT64(8, DataType.FLOAT64) {
    @Override
    double next(ByteBuffer bytes) {
      long value = bytes.getLong();
      // Halving keeps the lowest bit, so that the conversion rounds once.
      return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
    }
  },
  FLOAT16(2, DataType.FLOAT32) {
    @Override
    double next(ByteBuffer bytes) {
      return halfToDouble(bytes.getShort());
    }
  },
  FLOAT32(4, DataType.FLOAT32) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  FLOAT64(8, DataType.FLOAT64) {
    @Override
    double next(ByteBuffer bytes) {
      return bytes.getDouble();
    }
  };

  private static final Map<String, ElementType> BY_CODE =
      Map.ofEntries(
          Map.entry("b1", BOOL),
          Map.entry("i1", INT8),
          Map.entry("u1", UINT8),
          Map.entry("i2", INT16),
          Map.entry("u2", UINT16),
          Map.entry("i4", INT32),
          Map.entry("u4", UINT32),
          Map.entry("i8", INT64),
          Map.entry("u8", UINT64),
          Map.entry("f2", FLOAT16),
          Map.entry("f4", FLOAT32),
          Map.entry("f8", FLOAT64));

  private final int bytes;
  private final DataType dataType;

  ElementType(int bytes, DataType dataType) {
    this.bytes = bytes;
    this.dataType = dataType;
  }

  /** The type of a code such as {@code f4}, or null. */
  static ElementType byCode(String code) {
    return BY_CODE.get(code);
  }

  int bytes() {
    return bytes;
  }

  /** The narrowest tensor type that holds every value, or as near as 64 bits come. */
  DataType dataType() {
    return dataType;
  }

  /** Reads one element in the buffer's byte order. */
  abstract double next(ByteBuffer bytes);

  /** IEEE 754 binary16. */
  private static double halfToDouble(short half) {
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    double magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1024 + fraction, exponent - 25);
        };
    return half < 0 ? -magnitude : magnitude;
  }
}
