package org.conv4j.tensor;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;

/** What memory must be like to hold a tensor. */
final class ElementBuffers {
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

  static void requireAddress(DataType dataType, long address) {
    if (address <= 0 || address % dataType.bytes() != 0) {
      throw new InvalidBufferException(
          "The address must be a positive multiple of %d for %s; given %d."
              .formatted(dataType.bytes(), dataType, address));
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

  /** Checks that a buffer can take as many bytes or elements. */
  static void requireRoom(Tensor tensor, long needed, Buffer buffer) {
    requireRemaining(tensor, needed, buffer);
    if (buffer.isReadOnly()) {
      throw new InvalidBufferException(
          "The tensor " + tensor + " cannot be copied to a read-only buffer.");
    }
  }

  /** Checks that a buffer has room for, or holds, at least as many bytes or elements. */
  static void requireRemaining(Tensor tensor, long needed, Buffer buffer) {
    if (buffer.remaining() < needed) {
      throw new ShapeMismatchException(
          "Copying the tensor %s needs %d remaining in the buffer; it has %d."
              .formatted(tensor, needed, buffer.remaining()));
    }
  }
}
