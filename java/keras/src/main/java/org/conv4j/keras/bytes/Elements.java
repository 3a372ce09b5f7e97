package org.conv4j.keras.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.HeldElements;
import org.conv4j.tensor.Memory;
import org.conv4j.tensor.Tensor;

/** Reads stored elements into tensors. */
public final class Elements {
  private static final int PIECE_BYTES = 1 << 16;

  private Elements() {}

  /**
   * Reads a dense row-major array; float32 and float64 in native order go straight into the
   * tensor's memory, all else is converted piece by piece.
   *
   * @param stored exactly the bytes of the elements
   * @param type what they are
   * @param order their byte order
   * @param shape the array's shape
   * @return a new tensor, which the caller closes
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   * @throws org.conv4j.error.MalformedFileException if the bytes end too early
   */
  public static Tensor read(Bytes stored, ElementType type, ByteOrder order, Shape shape) {
    stored.requireRange(0, Math.multiplyExact(shape.elementCount(), type.bytes()));
    Tensor tensor = Tensor.allocate(type.dataType(), shape);
    try {
      boolean asIs = type == ElementType.FLOAT32 || type == ElementType.FLOAT64;
      if (asIs && order == ByteOrder.nativeOrder()) {
        readStraight(stored, tensor.memory());
      } else {
        convert(stored, type, order, tensor);
      }
      return tensor;
    } catch (RuntimeException | Error failure) {
      tensor.close();
      throw failure;
    }
  }

  private static void readStraight(Bytes stored, Memory memory) {
    memory.acquire();
    try {
      stored.read(0, HeldElements.bytes(memory));
    } finally {
      memory.release();
    }
  }

  private static void convert(Bytes stored, ElementType type, ByteOrder order, Tensor tensor) {
    long count = tensor.shape().elementCount();
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES).order(order);
    for (long done = 0; done < count; ) {
      int elements = (int) Math.min(PIECE_BYTES / type.bytes(), count - done);
      piece.clear().limit(elements * type.bytes());
      stored.read(done * type.bytes(), piece);
      type.copy(piece.flip(), elements, tensor, (int) done);
      done += elements;
    }
  }
}
