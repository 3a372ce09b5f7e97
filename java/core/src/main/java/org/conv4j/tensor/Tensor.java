package org.conv4j.tensor;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.internal.Addresses;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/**
 * A dense tensor in off-heap memory, row-major, in native byte order.
 *
 * <p>A tensor made by {@link #allocate} or {@link #of} owns its memory, which {@link #close} frees.
 * One made by {@link #wrap} is a zero-copy view on the caller's direct buffer and keeps that buffer
 * alive; closing it only ends the view. The buffer's memory must last for as long as the buffer can
 * be reached. That of an {@code Arena} which can be closed does not, and is refused; memory that is
 * freed by other means ({@code Unsafe.invokeCleaner}, native code) cannot be told, and must not be
 * freed before the tensor's last use. Memory that its owner may free is wrapped {@linkplain
 * #wrap(DataType, Shape, ByteBuffer, Object, BooleanSupplier) with its owner}. {@link #reshape} and
 * {@link #slice} share the memory and the lifetime of their origin.
 *
 * <p>The description is immutable and any thread may read it; the elements are as thread-safe as
 * plain memory. Use after close throws {@link IllegalStateException}.
 */
@SuppressWarnings("exports") // Only engines and readers of our own modules see what it extends.
public final class Tensor extends TensorElements implements AutoCloseable {
  /** Where in the memory the first element lies. */
  private final long byteOffset;

  private Tensor(DataType dataType, Shape shape, Memory memory, long byteOffset, Buffer elements) {
    super(dataType, shape, memory, elements);
    this.byteOffset = byteOffset;
  }

  @Override
  Tensor self() {
    return this;
  }

  /**
   * Allocates a tensor of zeros.
   *
   * @param dataType the type of its elements
   * @param shape its shape
   * @return a tensor that owns its memory
   * @throws ShapeMismatchException if it would exceed the limit of one NIO buffer, 2^31 bytes
   * @throws org.conv4j.error.OutOfMemoryException if there is not enough memory outside the heap,
   *     which {@code -XX:MaxDirectMemorySize} limits
   */
  public static Tensor allocate(DataType dataType, Shape shape) {
    Memory memory = Memory.allocate(ElementBuffers.byteSize(dataType, shape));
    return new Tensor(dataType, shape, memory, 0, dataType.access().view(memory.unguardedBytes()));
  }

  /**
   * Copies floats into a new float32 tensor.
   *
   * @param shape its shape
   * @param values its elements in row-major order
   * @return a tensor that owns its memory
   * @throws ShapeMismatchException if the number of values is not that of the shape
   */
  public static Tensor of(Shape shape, float... values) {
    ElementBuffers.requireCount(shape, values.length);
    return allocate(DataType.FLOAT32, shape).copyFrom(values);
  }

  /**
   * Copies doubles into a new float64 tensor.
   *
   * @param shape its shape
   * @param values its elements in row-major order
   * @return a tensor that owns its memory
   * @throws ShapeMismatchException if the number of values is not that of the shape
   */
  public static Tensor of(Shape shape, double... values) {
    ElementBuffers.requireCount(shape, values.length);
    return allocate(DataType.FLOAT64, shape).copyFrom(values);
  }

  /**
   * Views a direct byte buffer, from its position to its limit, as a tensor without copying.
   *
   * @param dataType the type of the elements
   * @param shape the shape
   * @param buffer a direct buffer in native byte order, aligned to the element size; read-only ones
   *     serve as inputs
   * @return a view that keeps the buffer alive; the caller owns the memory
   * @throws InvalidBufferException if the buffer is on the heap, in another byte order, misaligned
   *     or of an arena that can be closed
   * @throws ShapeMismatchException if its remaining size is not exactly that of the tensor
   */
  public static Tensor wrap(DataType dataType, Shape shape, ByteBuffer buffer) {
    ElementBuffers.requireDirect(buffer.isDirect(), buffer.order());
    ElementBuffers.requireElements(dataType, shape, buffer);
    ByteBuffer slice = buffer.slice().order(ByteOrder.nativeOrder());
    return new Tensor(dataType, shape, Memory.wrap(slice), 0, dataType.access().view(slice));
  }

  /**
   * Views a direct float buffer, from its position to its limit, as a float32 tensor.
   *
   * @param shape the shape
   * @param buffer a direct buffer in native byte order; read-only ones serve as inputs
   * @return a view that keeps the buffer alive; the caller owns the memory
   * @throws InvalidBufferException if the buffer is on the heap, in another byte order or of an
   *     arena that can be closed
   * @throws ShapeMismatchException if its remaining size is not exactly that of the tensor
   */
  public static Tensor wrap(Shape shape, FloatBuffer buffer) {
    ElementBuffers.requireDirect(buffer.isDirect(), buffer.order());
    ElementBuffers.requireCount(shape, buffer.remaining());
    FloatBuffer slice = buffer.slice();
    return new Tensor(DataType.FLOAT32, shape, Memory.wrap(slice), 0, slice);
  }

  /**
   * Views a direct double buffer, from its position to its limit, as a float64 tensor.
   *
   * @param shape the shape
   * @param buffer a direct buffer in native byte order; read-only ones serve as inputs
   * @return a view that keeps the buffer alive; the caller owns the memory
   * @throws InvalidBufferException if the buffer is on the heap, in another byte order or of an
   *     arena that can be closed
   * @throws ShapeMismatchException if its remaining size is not exactly that of the tensor
   */
  public static Tensor wrap(Shape shape, DoubleBuffer buffer) {
    ElementBuffers.requireDirect(buffer.isDirect(), buffer.order());
    ElementBuffers.requireCount(shape, buffer.remaining());
    DoubleBuffer slice = buffer.slice();
    return new Tensor(DataType.FLOAT64, shape, Memory.wrap(slice), 0, slice);
  }

  /**
   * Views memory that belongs to somebody else, who may free it: an array of another library. The
   * owner stays reachable for as long as the tensor does. Each read, write and run first asks
   * whether the owner still has the memory. What cannot be caught is an owner that frees it during
   * a read, a write or a run: keep it open until those that have begun return.
   *
   * <p>No buffer over the tensor is handed out, for nothing would tie it to the owner; {@link
   * #copyTo(FloatBuffer)} copies.
   *
   * @param dataType the type of the elements
   * @param shape the shape
   * @param buffer a direct buffer in native byte order over the memory, from its position to its
   *     limit, aligned to the element size; that of an {@code Arena} too, with {@code () ->
   *     arena.scope().isAlive()}
   * @param owner whatever keeps the memory from being freed while it can be reached
   * @param isOpen tells from any thread, fast, whether the owner has not freed the memory; with
   *     false, everything but {@link #close} throws {@link IllegalStateException}
   * @return a view; closing it leaves the memory to its owner
   * @throws InvalidBufferException if the buffer is on the heap, in another byte order or
   *     misaligned
   * @throws ShapeMismatchException if its remaining size is not exactly that of the tensor
   * @throws IllegalStateException if the owner is closed
   */
  public static Tensor wrap(
      DataType dataType, Shape shape, ByteBuffer buffer, Object owner, BooleanSupplier isOpen) {
    ElementBuffers.requireDirect(buffer.isDirect(), buffer.order());
    ElementBuffers.requireElements(dataType, shape, buffer);
    ByteBuffer slice = buffer.slice().order(ByteOrder.nativeOrder());
    Memory memory = Memory.wrap(slice, owner, isOpen);
    memory.requireOpen();
    return new Tensor(dataType, shape, memory, 0, dataType.access().view(slice));
  }

  /**
   * Views a direct float buffer whose memory its owner may free; see {@link #wrap(DataType, Shape,
   * ByteBuffer, Object, BooleanSupplier)}.
   *
   * @param shape the shape
   * @param buffer a direct buffer in native byte order, from its position to its limit
   * @param owner whatever keeps the memory from being freed while it can be reached
   * @param isOpen tells from any thread, fast, whether the owner has not freed the memory
   * @return a view; closing it leaves the memory to its owner
   * @throws InvalidBufferException if the buffer is on the heap or in another byte order
   * @throws ShapeMismatchException if its remaining size is not exactly that of the tensor
   * @throws IllegalStateException if the owner is closed
   */
  public static Tensor wrap(Shape shape, FloatBuffer buffer, Object owner, BooleanSupplier isOpen) {
    ElementBuffers.requireDirect(buffer.isDirect(), buffer.order());
    ElementBuffers.requireCount(shape, buffer.remaining());
    FloatBuffer slice = buffer.slice();
    Memory memory = Memory.wrap(slice, owner, isOpen);
    memory.requireOpen();
    return new Tensor(DataType.FLOAT32, shape, memory, 0, slice);
  }

  /**
   * Views a direct double buffer whose memory its owner may free; see {@link #wrap(DataType, Shape,
   * ByteBuffer, Object, BooleanSupplier)}.
   *
   * @param shape the shape
   * @param buffer a direct buffer in native byte order, from its position to its limit
   * @param owner whatever keeps the memory from being freed while it can be reached
   * @param isOpen tells from any thread, fast, whether the owner has not freed the memory
   * @return a view; closing it leaves the memory to its owner
   * @throws InvalidBufferException if the buffer is on the heap or in another byte order
   * @throws ShapeMismatchException if its remaining size is not exactly that of the tensor
   * @throws IllegalStateException if the owner is closed
   */
  public static Tensor wrap(
      Shape shape, DoubleBuffer buffer, Object owner, BooleanSupplier isOpen) {
    ElementBuffers.requireDirect(buffer.isDirect(), buffer.order());
    ElementBuffers.requireCount(shape, buffer.remaining());
    DoubleBuffer slice = buffer.slice();
    Memory memory = Memory.wrap(slice, owner, isOpen);
    memory.requireOpen();
    return new Tensor(DataType.FLOAT64, shape, memory, 0, slice);
  }

  /**
   * Views memory that belongs to somebody else, of which only the address is known, as {@link
   * #wrap(DataType, Shape, ByteBuffer, Object, BooleanSupplier)} does with a buffer. The address is
   * believed: with a wrong one, or too little memory behind it, the process crashes.
   *
   * @param dataType the type of the elements
   * @param shape the shape, of less than 2^31 bytes
   * @param address where the first element lies, a multiple of the element size
   * @param owner whatever keeps the memory from being freed while it can be reached
   * @param isOpen tells from any thread, fast, whether the owner has not freed the memory
   * @return a view; closing it leaves the memory to its owner
   * @throws InvalidBufferException if the address is 0, negative or misaligned
   * @throws ShapeMismatchException if the tensor would exceed the limit of one NIO buffer
   * @throws IllegalStateException if the owner is closed
   * @throws org.conv4j.error.EngineUnavailableException if nothing on the class path can view
   *     addresses; conv4j-onednn can
   */
  public static Tensor wrap(
      DataType dataType, Shape shape, long address, Object owner, BooleanSupplier isOpen) {
    long bytes = ElementBuffers.byteSize(dataType, shape);
    ElementBuffers.requireAddress(dataType, address);
    Memory.requireSize(bytes);
    return wrap(dataType, shape, Addresses.get().at(address, (int) bytes), owner, isOpen);
  }

  /**
   * Calls a function with the address of the first element, for libraries that take one. The memory
   * stays valid until the function returns, whatever is closed meanwhile; the address must not be
   * kept.
   *
   * @param <R> what the function returns
   * @param function takes the address
   * @return what it returned
   * @throws IllegalStateException if this is closed
   * @throws org.conv4j.error.EngineUnavailableException if nothing on the class path can tell
   *     addresses; conv4j-onednn can
   */
  public <R> R withAddress(LongFunction<R> function) {
    Addresses addresses = Addresses.get();
    memory.acquire();
    try {
      return function.apply(addresses.of(elements));
    } finally {
      memory.release();
    }
  }

  /**
   * Returns the type of the elements.
   *
   * @return the data type
   */
  public DataType dataType() {
    return dataType;
  }

  /**
   * Returns the shape.
   *
   * @return the shape
   */
  public Shape shape() {
    return shape;
  }

  /**
   * Returns whether this tensor and another share elements of one block. Two wrapped buffers are
   * two blocks, even where the caller made them overlap.
   *
   * @param other the other tensor
   * @return true if writing one changes the other
   */
  public boolean overlaps(Tensor other) {
    return memory == other.memory
        && byteOffset < other.byteOffset + ElementBuffers.byteSize(other.dataType, other.shape)
        && other.byteOffset < byteOffset + ElementBuffers.byteSize(dataType, shape);
  }

  /**
   * Returns whether the elements can only be read.
   *
   * @return true for a view of a read-only buffer
   */
  public boolean isReadOnly() {
    return elements.isReadOnly();
  }

  /**
   * Returns the elements as a buffer over the same memory, positioned at 0. The memory stays valid
   * for as long as the buffer is reachable: it is then the garbage collector that frees it, not
   * {@link #close}. To read results, {@link #copyTo(FloatBuffer)} or {@link #read(float[])}.
   *
   * @return a direct {@link FloatBuffer}
   * @throws ShapeMismatchException if this is not a float32 tensor
   * @throws InvalidBufferException if the memory has an owner who may free it
   */
  public FloatBuffer asFloatBuffer() {
    ElementBuffers.requireType(this, DataType.FLOAT32);
    memory.handOut();
    return HeldElements.floats(this).duplicate();
  }

  /**
   * Returns the elements as a buffer over the same memory, positioned at 0. The memory stays valid
   * for as long as the buffer is reachable: it is then the garbage collector that frees it, not
   * {@link #close}. To read results, {@link #copyTo(DoubleBuffer)} or {@link #read(double[])}.
   *
   * @return a direct {@link DoubleBuffer}
   * @throws ShapeMismatchException if this is not a float64 tensor
   * @throws InvalidBufferException if the memory has an owner who may free it
   */
  public DoubleBuffer asDoubleBuffer() {
    ElementBuffers.requireType(this, DataType.FLOAT64);
    memory.handOut();
    return HeldElements.doubles(this).duplicate();
  }

  /**
   * Returns one element.
   *
   * @param index its position in row-major order
   * @return its value
   */
  public double get(long index) {
    Objects.checkIndex(index, shape.elementCount());
    memory.acquire();
    try {
      return dataType.access().get(elements, (int) index);
    } finally {
      memory.release();
    }
  }

  /**
   * Returns the same elements under another shape; memory and lifetime are shared.
   *
   * @param newShape a shape with as many elements
   * @return a view
   * @throws ShapeMismatchException if the number of elements differs
   */
  public Tensor reshape(Shape newShape) {
    memory.requireOpen();
    ElementBuffers.requireCount(newShape, shape.elementCount());
    return new Tensor(dataType, newShape, memory, byteOffset, elements);
  }

  /**
   * Returns some of the elements, neighbours in row-major order; memory and lifetime are shared.
   *
   * @param first the position of the first
   * @param part the shape of the view
   * @return a view
   * @throws IndexOutOfBoundsException if there are no such elements
   */
  public Tensor slice(long first, Shape part) {
    memory.requireOpen();
    Objects.checkFromIndexSize(first, part.elementCount(), shape.elementCount());
    Buffer sliced = dataType.access().slice(elements, (int) first, (int) part.elementCount());
    return new Tensor(dataType, part, memory, byteOffset + first * dataType.bytes(), sliced);
  }

  /**
   * Returns part of the memory as elements of any type; memory and lifetime are shared.
   *
   * @param offset where the first element lies, in bytes from this tensor's first
   * @param type the type of the view's elements
   * @param part the shape of the view
   * @return a view
   * @throws ShapeMismatchException if the view does not lie inside this tensor
   * @throws InvalidBufferException if the offset is not a multiple of the element size, or this
   *     wraps a buffer of floats or doubles, which Java cannot view as bytes
   */
  public Tensor view(long offset, DataType type, Shape part) {
    memory.requireOpen();
    long bytes = ElementBuffers.byteSize(dataType, shape);
    ByteBuffer all = memory.unguardedBytes().slice((int) byteOffset, (int) bytes);
    Buffer viewed = type.access().view(ElementBuffers.slice(all, offset, type, part));
    return new Tensor(type, part, memory, byteOffset + offset, viewed);
  }

  /**
   * Copies the elements to a new tensor, converting them if need be.
   *
   * @param target the type of the copy's elements
   * @return a tensor that owns its memory
   */
  public Tensor copyAs(DataType target) {
    memory.acquire();
    try {
      Tensor copy = allocate(target, shape);
      if (target == dataType) {
        dataType.access().copy(elements, 0, copy.elements, 0, elements.capacity());
      } else {
        ElementCopies.convert(dataType.access(), elements, target.access(), copy.elements);
      }
      return copy;
    } finally {
      memory.release();
    }
  }

  /**
   * Returns whether the memory of this tensor and its views was closed, here or by its owner.
   *
   * @return true if so
   */
  public boolean isClosed() {
    return memory.isClosed();
  }

  /** Closes the memory that this tensor and its views share. A second call does nothing. */
  @Override
  public void close() {
    memory.close();
  }

  @Override
  public String toString() {
    return dataType + shape.toString();
  }
}
