package org.conv4j.tensor;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;

/** What memory must be like to hold a tensor. */
final class ElementBuffers {
  /**
   * Elements are converted in an array of this many, which is several times as fast as to access a
   * buffer for each while the JVM is still warming up. It is garbage afterwards, so it is small.
   */
  private static final int PIECE = 256;

  private ElementBuffers() {}

  static void requireDirect(boolean direct, ByteOrder order) {
    if (!direct) {
      throw new InvalidBufferException(
          "Only a direct buffer can be wrapped; the one given is on the heap. Copy it with"
              + " Tensor.of instead.");
    }
    if (order != ByteOrder.nativeOrder()) {
      throw new InvalidBufferException(
          "The buffer's byte order must be " + ByteOrder.nativeOrder() + "; given " + order + ".");
    }
  }

  /** Checks that a buffer's remaining bytes are exactly a tensor's elements. */
  static void requireElements(DataType dataType, Shape shape, ByteBuffer buffer) {
    if (buffer.alignmentOffset(buffer.position(), dataType.bytes()) != 0) {
      throw new InvalidBufferException(
          "The buffer must start at a multiple of " + dataType.bytes() + " bytes for " + dataType);
    }
    long bytes = byteSize(dataType, shape);
    if (buffer.remaining() != bytes) {
      throw new ShapeMismatchException(
          "A %s tensor of shape %s needs %d bytes; the buffer has %d remaining."
              .formatted(dataType, shape, bytes, buffer.remaining()));
    }
  }

  static void requireCount(Shape shape, long count) {
    if (shape.elementCount() != count) {
      throw new ShapeMismatchException(
          "The shape "
              + shape
              + " has "
              + shape.elementCount()
              + " elements; given "
              + count
              + ".");
    }
  }

  static void requireWritable(Tensor tensor) {
    if (tensor.isReadOnly()) {
      throw new InvalidBufferException(
          "The tensor " + tensor + " is a view of a read-only buffer.");
    }
  }

  static void requireType(Tensor tensor, DataType expected) {
    if (tensor.dataType() != expected) {
      throw new ShapeMismatchException(
          "The tensor holds " + tensor.dataType() + " elements, not " + expected + ".");
    }
  }

  static long byteSize(DataType dataType, Shape shape) {
    try {
      return Math.multiplyExact(shape.elementCount(), dataType.bytes());
    } catch (ArithmeticException overflow) {
      throw new ShapeMismatchException(
          "A " + dataType + " tensor of shape " + shape + " exceeds 2^63 bytes.", overflow);
    }
  }

  static Buffer typed(DataType dataType, ByteBuffer bytes) {
    return switch (dataType) {
      case FLOAT32 -> bytes.asFloatBuffer();
      case FLOAT64 -> bytes.asDoubleBuffer();
    };
  }

  /** The bytes of a tensor inside a block. */
  static ByteBuffer slice(ByteBuffer block, long byteOffset, DataType dataType, Shape shape) {
    long size = byteSize(dataType, shape);
    if (byteOffset < 0 || byteOffset > block.limit() - size) {
      throw new ShapeMismatchException(
          "A tensor of %d bytes at offset %d is outside a block of %d bytes."
              .formatted(size, byteOffset, block.limit()));
    }
    if (byteOffset % dataType.bytes() != 0) {
      throw new InvalidBufferException(
          "The offset " + byteOffset + " is not a multiple of " + dataType.bytes() + " bytes.");
    }
    return block.slice((int) byteOffset, (int) size).order(ByteOrder.nativeOrder());
  }

  static Buffer slice(Buffer elements, int first, int count) {
    return elements instanceof DoubleBuffer doubles
        ? doubles.slice(first, count)
        : ((FloatBuffer) elements).slice(first, count);
  }

  /**
   * Copies some elements to the beginning of an array, as fast as a JVM that has just started can.
   */
  static void read(Buffer elements, int begin, double[] target, int count) {
    if (elements instanceof DoubleBuffer doubles) {
      doubles.get(begin, target, 0, count);
      return;
    }
    FloatBuffer floats = (FloatBuffer) elements;
    float[] piece = new float[Math.min(count, PIECE)];
    for (int done = 0; done < count; done += PIECE) {
      int length = Math.min(PIECE, count - done);
      floats.get(begin + done, piece, 0, length);
      for (int i = 0; i < length; i++) {
        target[done + i] = piece[i];
      }
    }
  }

  /** Copies all elements; allocates nothing. */
  static void read(Buffer elements, double[] target) {
    if (elements instanceof DoubleBuffer doubles) {
      doubles.get(0, target);
      return;
    }
    FloatBuffer floats = (FloatBuffer) elements;
    for (int i = 0; i < target.length; i++) {
      target[i] = floats.get(i);
    }
  }

  /** Copies all elements; allocates nothing. */
  static void read(Buffer elements, float[] target) {
    if (elements instanceof FloatBuffer floats) {
      floats.get(0, target);
      return;
    }
    DoubleBuffer doubles = (DoubleBuffer) elements;
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) doubles.get(i);
    }
  }

  /** Overwrites some elements by the first of an array, as fast as in {@link #read}. */
  static void write(Buffer elements, int begin, double[] values, int count) {
    if (elements instanceof DoubleBuffer doubles) {
      doubles.put(begin, values, 0, count);
      return;
    }
    FloatBuffer floats = (FloatBuffer) elements;
    float[] piece = new float[Math.min(count, PIECE)];
    for (int done = 0; done < count; done += PIECE) {
      int length = Math.min(PIECE, count - done);
      for (int i = 0; i < length; i++) {
        piece[i] = (float) values[done + i];
      }
      floats.put(begin + done, piece, 0, length);
    }
  }

  /** Overwrites all elements; allocates nothing. */
  static void write(Buffer elements, double[] values) {
    if (elements instanceof DoubleBuffer doubles) {
      doubles.put(0, values);
      return;
    }
    FloatBuffer floats = (FloatBuffer) elements;
    for (int i = 0; i < values.length; i++) {
      floats.put(i, (float) values[i]);
    }
  }

  /** Overwrites all elements; allocates nothing. */
  static void write(Buffer elements, float[] values) {
    if (elements instanceof FloatBuffer floats) {
      floats.put(0, values);
      return;
    }
    DoubleBuffer doubles = (DoubleBuffer) elements;
    for (int i = 0; i < values.length; i++) {
      doubles.put(i, values[i]);
    }
  }
}
