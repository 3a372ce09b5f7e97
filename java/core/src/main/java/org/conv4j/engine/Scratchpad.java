package org.conv4j.engine;

import java.nio.ByteBuffer;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/**
 * Temporary memory that the ops of a session share, one after the other: an op finds in it what
 * others have left there. It is outside the Java heap and begins at a multiple of 64 bytes. A
 * session owns one; used by one thread at a time.
 */
public final class Scratchpad implements AutoCloseable {
  private final Tensor block;
  private final long bytes;

  private Scratchpad(Tensor block, long bytes) {
    this.block = block;
    this.bytes = bytes;
  }

  /**
   * Allocates a scratchpad. Sessions do so; others only to run a {@link CompiledOp} on their own.
   *
   * @param bytes its size
   * @return the scratchpad, which the caller closes after the runners that were given it
   * @throws ShapeMismatchException if it would exceed the limit of one NIO buffer
   * @throws org.conv4j.error.OutOfMemoryException if there is no more memory to be had
   */
  public static Scratchpad allocate(long bytes) {
    if (bytes < 0) {
      throw new ShapeMismatchException("A scratchpad cannot have " + bytes + " bytes.");
    }
    Shape doubles = Shape.of(Math.max(1, (bytes + Double.BYTES - 1) / Double.BYTES));
    return new Scratchpad(Tensor.allocate(DataType.FLOAT64, doubles), bytes);
  }

  /**
   * Returns the size.
   *
   * @return at least what each op of the session has asked for
   */
  public long bytes() {
    return bytes;
  }

  /**
   * Returns the memory, for instance to pass its address to native code.
   *
   * @param needed how many bytes are going to be used
   * @return a new direct buffer over all of it, in native byte order. It does not keep the memory:
   *     a runner uses it until it is closed, and nobody afterwards.
   * @throws org.conv4j.error.InvalidBufferException if this is smaller
   * @throws IllegalStateException if this is closed
   */
  public ByteBuffer buffer(long needed) {
    Memory memory = HeldElements.memory(block);
    memory.requireBytes(needed);
    return HeldElements.bytes(memory);
  }

  /**
   * Views part of the memory as a tensor, which never outlives it: it is closed with this.
   *
   * @param byteOffset where the first element lies, a multiple of the element size
   * @param dataType the type of the elements
   * @param shape the shape
   * @return the view, which its user does not close
   * @throws ShapeMismatchException if it does not lie inside
   * @throws org.conv4j.error.InvalidBufferException if the offset is misaligned
   * @throws IllegalStateException if this is closed
   */
  public Tensor view(long byteOffset, DataType dataType, Shape shape) {
    return block.view(byteOffset, dataType, shape);
  }

  /** Frees the memory. A second call does nothing. */
  @Override
  public void close() {
    block.close();
  }
}
