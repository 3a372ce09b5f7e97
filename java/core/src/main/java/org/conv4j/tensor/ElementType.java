package org.conv4j.tensor;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import org.conv4j.tensor.internal.ElementAccess;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/** The types in which files store elements, and how a tensor takes them in. */
public enum ElementType {
  /** A byte that is zero or not. */
  BOOL(1, DataType.FLOAT32) {
    @Override
    public double next(ByteBuffer bytes) {
      return bytes.get() == 0 ? 0 : 1;
    }
  },
  /** Signed, 8 bits. */
  INT8(1, DataType.FLOAT32) {
    @Override
    public double next(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  /** Unsigned, 8 bits. */
  UINT8(1, DataType.FLOAT32) {
    @Override
    public double next(ByteBuffer bytes) {
      return Byte.toUnsignedInt(bytes.get());
    }
  },
  /** Signed, 16 bits. */
  INT16(2, DataType.FLOAT32) {
    @Override
    public double next(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  /** Unsigned, 16 bits. */
  UINT16(2, DataType.FLOAT32) {
    @Override
    public double next(ByteBuffer bytes) {
      return Short.toUnsignedInt(bytes.getShort());
    }
  },
  /** Signed, 32 bits. */
  INT32(4, DataType.FLOAT64) {
    @Override
    public double next(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  /** Unsigned, 32 bits. */
  UINT32(4, DataType.FLOAT64) {
    @Override
    public double next(ByteBuffer bytes) {
      return Integer.toUnsignedLong(bytes.getInt());
    }
  },
  /** Signed, 64 bits. */
  INT64(8, DataType.FLOAT64) {
    @Override
    public double next(ByteBuffer bytes) {
      return bytes.getLong();
    }
  },
  /** Unsigned, 64 bits. */
  UINT64(8, DataType.FLOAT64) {
    @Override
    public double next(ByteBuffer bytes) {
      long value = bytes.getLong();
      // Halving keeps the lowest bit, so that the conversion rounds once.
      return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
    }
  },
  /** IEEE 754 binary16. */
  FLOAT16(2, DataType.FLOAT32) {
    @Override
    public double next(ByteBuffer bytes) {
      return halfToFloat(bytes.getShort());
    }
  },
  /** The upper half of a binary32. */
  BFLOAT16(2, DataType.FLOAT32) {
    @Override
    public double next(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  /** IEEE 754 binary32. */
  FLOAT32(4, DataType.FLOAT32) {
    @Override
    public double next(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  /** IEEE 754 binary64. */
  FLOAT64(8, DataType.FLOAT64) {
    @Override
    public double next(ByteBuffer bytes) {
      return bytes.getDouble();
    }
  };

  private static final int HALF_INFINITY = 0x7c00;

  /** Moves the exponent's bias from binary16's to binary32's, for denormal numbers too. */
  private static final float HALF_TO_FLOAT_SCALE = 0x1p112f;

  /** How many elements are converted at a time. */
  private static final int PIECE = 256;

  private final int bytes;
  private final DataType dataType;

  ElementType(int bytes, DataType dataType) {
    this.bytes = bytes;
    this.dataType = dataType;
  }

  /**
   * Returns the size of one stored element.
   *
   * @return bytes
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns the narrowest tensor type that holds every value, or as near as 64 bits come.
   *
   * @return the type of a tensor that takes in such elements
   */
  public DataType dataType() {
    return dataType;
  }

  /**
   * Returns whether a tensor of the type {@link #dataType} keeps the elements as they are stored.
   *
   * @return false if they are converted
   */
  public boolean isDataType() {
    return name().equals(dataType.name());
  }

  /**
   * Returns whether the elements are floating-point numbers.
   *
   * @return false for integers and truth values
   */
  public boolean isFloating() {
    return switch (this) {
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> true;
      default -> false;
    };
  }

  /**
   * Reads one element.
   *
   * @param bytes the stored elements, in the buffer's byte order; its position advances
   * @return the value; integers beyond 2^53 are rounded
   */
  public abstract double next(ByteBuffer bytes);

  /**
   * Reads neighbouring elements into a tensor.
   *
   * @param bytes the stored elements, in the buffer's byte order; its position may advance
   * @param count how many
   * @param tensor a writable tensor of the type {@link #dataType}
   * @param at where the first goes, in row-major order
   */
  public void copy(ByteBuffer bytes, int count, Tensor tensor, int at) {
    Memory memory = HeldElements.memory(tensor);
    memory.acquire();
    try {
      ElementAccess access = dataType.access();
      if (isDataType()) {
        access.copy(access.view(bytes), 0, HeldElements.elements(tensor), at, count);
      } else {
        convert(bytes, count, access, HeldElements.elements(tensor), at);
      }
    } finally {
      memory.release();
    }
  }

  private void convert(ByteBuffer bytes, int count, ElementAccess access, Buffer elements, int at) {
    double[] piece = new double[Math.min(count, PIECE)];
    for (int done = 0; done < count; done += PIECE) {
      int length = Math.min(PIECE, count - done);
      for (int i = 0; i < length; i++) {
        piece[i] = next(bytes);
      }
      ElementCopies.write(access, elements, at + done, piece, 0, length);
    }
  }

  private static float halfToFloat(int half) {
    int magnitude = half & 0x7fff;
    int bits =
        magnitude >= HALF_INFINITY
            ? (magnitude << 13) | 0x7f800000
            : Float.floatToRawIntBits(Float.intBitsToFloat(magnitude << 13) * HALF_TO_FLOAT_SCALE);
    return Float.intBitsToFloat(bits | (half & 0x8000) << 16);
  }
}
