package org.conv4j.tensor;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.internal.Memory;
import org.conv4j.tensor.internal.TensorAccess;

/**
 * A dense tensor in off-heap memory, row-major, in native byte order.
 *
 * <p>A tensor made by {@link #allocate} or {@link #of} owns its memory, which {@link #close} frees.
 * One made by {@link #wrap} is a zero-copy view on the caller's direct buffer and keeps that buffer
 * alive; closing it only ends the view. The buffer's memory must last for as long as the buffer can
 * be reached. That of an {@code Arena} which can be closed does not, and is refused; memory that is
 * freed by other means ({@code Unsafe.invokeCleaner}, native code) cannot be told, and must not be
 * freed before the tensor's last use. {@link #reshape} and {@link #slice} share the memory and the
 * lifetime of their origin.
 *
 * <p>The description is immutable and any thread may read it; the elements are as thread-safe as
 * plain memory. Use after close throws {@link IllegalStateException}.
 */
public final class Tensor implements AutoCloseable {
  static {
    TensorAccess.provide(new Access());
  }

  private final DataType dataType;
  private final Shape shape;
  private final Memory memory;

  /** Where in the memory the first element lies. */
  private final long byteOffset;

  final FloatBuffer floats;
  final DoubleBuffer doubles;
  private volatile long nativeAddress = TensorAccess.UNRESOLVED;

  private Tensor(DataType dataType, Shape shape, Memory memory, long byteOffset, Buffer elements) {
    this.byteOffset = byteOffset;
    this.dataType = dataType;
    this.shape = shape;
    this.memory = memory;
    this.floats = elements instanceof FloatBuffer buffer ? buffer : null;
    this.doubles = elements instanceof DoubleBuffer buffer ? buffer : null;
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
    return new Tensor(
        dataType, shape, memory, 0, ElementBuffers.typed(dataType, memory.unguardedBytes()));
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
    return new Tensor(
        dataType, shape, Memory.wrap(slice), 0, ElementBuffers.typed(dataType, slice));
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
    return elements().isReadOnly();
  }

  /**
   * Returns the elements as a buffer over the same memory, positioned at 0. The memory stays valid
   * for as long as the buffer is reachable.
   *
   * @return a direct {@link FloatBuffer}
   * @throws ShapeMismatchException if this is not a float32 tensor
   */
  public FloatBuffer asFloatBuffer() {
    ElementBuffers.requireType(this, DataType.FLOAT32);
    memory.handOut();
    return floats.duplicate();
  }

  /**
   * Returns the elements as a buffer over the same memory, positioned at 0. The memory stays valid
   * for as long as the buffer is reachable.
   *
   * @return a direct {@link DoubleBuffer}
   * @throws ShapeMismatchException if this is not a float64 tensor
   */
  public DoubleBuffer asDoubleBuffer() {
    ElementBuffers.requireType(this, DataType.FLOAT64);
    memory.handOut();
    return doubles.duplicate();
  }

  /**
   * Copies the elements to a new array, converting them if need be.
   *
   * @return the elements in row-major order
   */
  public float[] toFloatArray() {
    float[] values = new float[elements().capacity()];
    read(values);
    return values;
  }

  /**
   * Copies the elements to a new array, converting them if need be.
   *
   * @return the elements in row-major order
   */
  public double[] toDoubleArray() {
    double[] values = new double[elements().capacity()];
    read(values);
    return values;
  }

  /**
   * Copies the elements into an array, converting them if need be.
   *
   * @param target receives the elements in row-major order; as long as this tensor
   */
  public void read(float[] target) {
    ElementBuffers.requireCount(shape, target.length);
    memory.acquire();
    try {
      ElementBuffers.read(elements(), target);
    } finally {
      memory.release();
    }
  }

  /**
   * Copies the elements into an array, converting them if need be.
   *
   * @param target receives the elements in row-major order; as long as this tensor
   */
  public void read(double[] target) {
    ElementBuffers.requireCount(shape, target.length);
    read(0, target, target.length);
  }

  /**
   * Copies some elements to the beginning of an array, converting them if need be.
   *
   * @param begin the row-major position of the first
   * @param target receives them
   * @param count how many
   */
  public void read(int begin, double[] target, int count) {
    Objects.checkFromIndexSize(begin, count, elements().capacity());
    memory.acquire();
    try {
      ElementBuffers.read(elements(), begin, target, count);
    } finally {
      memory.release();
    }
  }

  /**
   * Overwrites the elements, converting the given values if need be.
   *
   * @param values the elements in row-major order, as many as this tensor has
   * @return this tensor
   */
  public Tensor copyFrom(float... values) {
    ElementBuffers.requireCount(shape, values.length);
    ElementBuffers.requireWritable(this);
    memory.acquire();
    try {
      ElementBuffers.write(elements(), values);
    } finally {
      memory.release();
    }
    return this;
  }

  /**
   * Overwrites the elements, converting the given values if need be.
   *
   * @param values the elements in row-major order, as many as this tensor has
   * @return this tensor
   */
  public Tensor copyFrom(double... values) {
    ElementBuffers.requireCount(shape, values.length);
    write(0, values, values.length);
    return this;
  }

  /**
   * Overwrites some elements, converting the given values if need be.
   *
   * @param begin the row-major position of the first
   * @param values begins with the new elements
   * @param count how many
   */
  public void write(int begin, double[] values, int count) {
    Objects.checkFromIndexSize(begin, count, elements().capacity());
    ElementBuffers.requireWritable(this);
    memory.acquire();
    try {
      ElementBuffers.write(elements(), begin, values, count);
    } finally {
      memory.release();
    }
  }

  /**
   * Replaces each element by a function of it.
   *
   * @param function gives the new value
   */
  public void transform(DoubleUnaryOperator function) {
    ElementBuffers.requireWritable(this);
    memory.acquire();
    try {
      for (int i = 0; i < elements().capacity(); i++) {
        if (floats != null) {
          floats.put(i, (float) function.applyAsDouble(floats.get(i)));
        } else {
          doubles.put(i, function.applyAsDouble(doubles.get(i)));
        }
      }
    } finally {
      memory.release();
    }
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
      return floats != null ? floats.get((int) index) : doubles.get((int) index);
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
    return new Tensor(dataType, newShape, memory, byteOffset, elements());
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
    Buffer elements = ElementBuffers.slice(elements(), (int) first, (int) part.elementCount());
    return new Tensor(dataType, part, memory, byteOffset + first * dataType.bytes(), elements);
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
      if (floats != null && copy.floats != null) {
        copy.floats.put(0, floats, 0, floats.capacity());
      } else if (target == DataType.FLOAT64) {
        copy.copyFrom(toDoubleArray());
      } else {
        copy.copyFrom(toFloatArray());
      }
      return copy;
    } finally {
      memory.release();
    }
  }

  /**
   * Returns whether the memory of this tensor and its views was closed.
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

  private Buffer elements() {
    return floats != null ? floats : doubles;
  }

  private static Tensor view(Memory memory, long byteOffset, DataType dataType, Shape shape) {
    memory.requireOpen();
    ByteBuffer slice = ElementBuffers.slice(memory.unguardedBytes(), byteOffset, dataType, shape);
    return new Tensor(dataType, shape, memory, byteOffset, ElementBuffers.typed(dataType, slice));
  }

  /** For engines, which hold the memory of the tensors that they are given. */
  private static final class Access extends TensorAccess {
    @Override
    public Memory memory(Tensor tensor) {
      return tensor.memory;
    }

    @Override
    public Tensor view(Memory memory, long byteOffset, DataType dataType, Shape shape) {
      return Tensor.view(memory, byteOffset, dataType, shape);
    }

    @Override
    public FloatBuffer floats(Tensor tensor) {
      return tensor.floats;
    }

    @Override
    public DoubleBuffer doubles(Tensor tensor) {
      return tensor.doubles;
    }

    @Override
    public void read(Tensor tensor, double[] target) {
      ElementBuffers.read(tensor.elements(), target);
    }

    @Override
    public void write(Tensor tensor, double[] values) {
      ElementBuffers.write(tensor.elements(), values);
    }

    @Override
    public long address(Tensor tensor) {
      return tensor.nativeAddress;
    }

    @Override
    public void keepAddress(Tensor tensor, long address) {
      tensor.nativeAddress = address;
    }
  }
}
