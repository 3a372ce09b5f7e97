package org.conv4j.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/**
 * A dense row-major array where it is stored. Immutable; safe for any thread.
 *
 * @param stored exactly the bytes of the elements
 * @param type what they are
 * @param order their byte order
 * @param shape the array's shape
 */
public record Elements(Bytes stored, ElementType type, ByteOrder order, Shape shape) {
  private static final int PIECE_BYTES = 1 << 16;

  /**
   * Checks the size.
   *
   * @param stored see {@link #stored}
   * @param type see {@link #type}
   * @param order see {@link #order}
   * @param shape see {@link #shape}
   * @throws org.conv4j.error.MalformedFileException if the bytes end too early
   */
  public Elements {
    stored.requireRange(0, Math.multiplyExact(shape.elementCount(), type.bytes()));
  }

  /**
   * Reads the elements; those that tensors keep as they are, in native order, go straight into the
   * tensor's memory, all else is converted piece by piece.
   *
   * @return a new tensor, which the caller closes
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   * @throws org.conv4j.error.MalformedFileException if the file was changed meanwhile
   */
  public Tensor read() {
    Tensor tensor = Tensor.allocate(type.dataType(), shape);
    try {
      if (type.isDataType() && order == ByteOrder.nativeOrder()) {
        readStraight(HeldElements.memory(tensor));
      } else {
        convert(tensor);
      }
      stored.requireUnchanged();
      return tensor;
    } catch (RuntimeException | Error failure) {
      tensor.close();
      throw failure;
    }
  }

  private void readStraight(Memory memory) {
    memory.acquire();
    try {
      stored.read(0, HeldElements.bytes(memory));
    } finally {
      memory.release();
    }
  }

  private void convert(Tensor tensor) {
    long count = shape.elementCount();
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
