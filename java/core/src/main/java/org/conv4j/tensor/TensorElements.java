package org.conv4j.tensor;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.internal.Memory;
import org.conv4j.tensor.internal.TensorMemory;

/**
 * How a tensor's elements come and go: copies from and to arrays and buffers, of some elements or
 * all. The memory is held during each copy.
 */
abstract class TensorElements extends TensorMemory {
  final DataType dataType;
  final Shape shape;
  final Memory memory;
  final Buffer elements;

  TensorElements(DataType dataType, Shape shape, Memory memory, Buffer elements) {
    super(memory, dataType.access(), elements);
    this.dataType = dataType;
    this.shape = shape;
    this.memory = memory;
    this.elements = elements;
  }

  /** This, as what it is. */
  abstract Tensor self();

  /**
   * Copies the elements to a new array, converting them if need be.
   *
   * @return the elements in row-major order
   */
  public float[] toFloatArray() {
    float[] values = new float[elements.capacity()];
    read(values);
    return values;
  }

  /**
   * Copies the elements to a new array, converting them if need be.
   *
   * @return the elements in row-major order
   */
  public double[] toDoubleArray() {
    double[] values = new double[elements.capacity()];
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
    read(0, target, 0, target.length);
  }

  /**
   * Copies the elements into an array, converting them if need be.
   *
   * @param target receives the elements in row-major order; as long as this tensor
   */
  public void read(double[] target) {
    ElementBuffers.requireCount(shape, target.length);
    read(0, target, 0, target.length);
  }

  /**
   * Copies some elements into an array, converting them if need be. Allocates nothing.
   *
   * @param begin the row-major position of the first
   * @param target receives them
   * @param at where the first goes
   * @param count how many
   * @throws IndexOutOfBoundsException if there are not as many in the tensor or the array
   */
  public void read(int begin, float[] target, int at, int count) {
    acquire(begin, count, at, target.length);
    try {
      ElementCopies.read(dataType.access(), elements, begin, target, at, count);
    } finally {
      memory.release();
    }
  }

  /**
   * Copies some elements into an array, converting them if need be.
   *
   * @param begin the row-major position of the first
   * @param target receives them
   * @param at where the first goes
   * @param count how many
   * @throws IndexOutOfBoundsException if there are not as many in the tensor or the array
   */
  public void read(int begin, double[] target, int at, int count) {
    acquire(begin, count, at, target.length);
    try {
      ElementCopies.read(dataType.access(), elements, begin, target, at, count);
    } finally {
      memory.release();
    }
  }

  /**
   * Copies the elements to where a buffer is, converting them if need be, and moves the buffer's
   * position behind them. Allocates nothing.
   *
   * @param target a buffer of any kind and byte order
   * @throws ShapeMismatchException if it has no room for all elements
   * @throws InvalidBufferException if it is read-only
   */
  public void copyTo(FloatBuffer target) {
    ElementBuffers.requireRoom(self(), shape.elementCount(), target);
    memory.acquire();
    try {
      ElementCopies.read(dataType.access(), elements, target);
    } finally {
      memory.release();
    }
  }

  /**
   * Copies the elements to where a buffer is, converting them if need be, and moves the buffer's
   * position behind them. Allocates nothing.
   *
   * @param target a buffer of any kind and byte order
   * @throws ShapeMismatchException if it has no room for all elements
   * @throws InvalidBufferException if it is read-only
   */
  public void copyTo(DoubleBuffer target) {
    ElementBuffers.requireRoom(self(), shape.elementCount(), target);
    memory.acquire();
    try {
      ElementCopies.read(dataType.access(), elements, target);
    } finally {
      memory.release();
    }
  }

  /**
   * Copies the elements to where a buffer is, as bytes in the buffer's byte order, and moves the
   * buffer's position behind them.
   *
   * @param target a buffer of any kind
   * @throws ShapeMismatchException if it has no room for all elements
   * @throws InvalidBufferException if it is read-only
   */
  public void copyTo(ByteBuffer target) {
    ElementBuffers.requireRoom(self(), shape.elementCount() * dataType.bytes(), target);
    memory.acquire();
    try {
      ElementCopies.read(dataType.access(), elements, dataType.bytes(), target);
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
    write(0, values, 0, values.length);
    return self();
  }

  /**
   * Overwrites the elements, converting the given values if need be.
   *
   * @param values the elements in row-major order, as many as this tensor has
   * @return this tensor
   */
  public Tensor copyFrom(double... values) {
    ElementBuffers.requireCount(shape, values.length);
    write(0, values, 0, values.length);
    return self();
  }

  /**
   * Overwrites the elements by those that come next in a buffer, converting them if need be, and
   * moves the buffer's position behind them. Allocates nothing.
   *
   * @param source a buffer of any kind and byte order
   * @return this tensor
   * @throws ShapeMismatchException if it has fewer
   */
  public Tensor copyFrom(FloatBuffer source) {
    ElementBuffers.requireRemaining(self(), shape.elementCount(), source);
    acquireToWrite();
    try {
      ElementCopies.write(dataType.access(), elements, source);
    } finally {
      memory.release();
    }
    return self();
  }

  /**
   * Overwrites the elements by those that come next in a buffer, converting them if need be, and
   * moves the buffer's position behind them. Allocates nothing.
   *
   * @param source a buffer of any kind and byte order
   * @return this tensor
   * @throws ShapeMismatchException if it has fewer
   */
  public Tensor copyFrom(DoubleBuffer source) {
    ElementBuffers.requireRemaining(self(), shape.elementCount(), source);
    acquireToWrite();
    try {
      ElementCopies.write(dataType.access(), elements, source);
    } finally {
      memory.release();
    }
    return self();
  }

  /**
   * Overwrites the elements by those whose bytes come next in a buffer, in its byte order, and
   * moves the buffer's position behind them.
   *
   * @param source a buffer of any kind
   * @return this tensor
   * @throws ShapeMismatchException if it has fewer
   */
  public Tensor copyFrom(ByteBuffer source) {
    ElementBuffers.requireRemaining(self(), shape.elementCount() * dataType.bytes(), source);
    acquireToWrite();
    try {
      ElementCopies.write(dataType.access(), elements, dataType.bytes(), source);
    } finally {
      memory.release();
    }
    return self();
  }

  /**
   * Overwrites some elements, converting the given values if need be. Allocates nothing.
   *
   * @param begin the row-major position of the first
   * @param values has the new elements
   * @param at where the first comes from
   * @param count how many
   * @throws IndexOutOfBoundsException if there are not as many in the tensor or the array
   */
  public void write(int begin, float[] values, int at, int count) {
    ElementBuffers.requireWritable(self());
    acquire(begin, count, at, values.length);
    try {
      ElementCopies.write(dataType.access(), elements, begin, values, at, count);
    } finally {
      memory.release();
    }
  }

  /**
   * Overwrites some elements, converting the given values if need be.
   *
   * @param begin the row-major position of the first
   * @param values has the new elements
   * @param at where the first comes from
   * @param count how many
   * @throws IndexOutOfBoundsException if there are not as many in the tensor or the array
   */
  public void write(int begin, double[] values, int at, int count) {
    ElementBuffers.requireWritable(self());
    acquire(begin, count, at, values.length);
    try {
      ElementCopies.write(dataType.access(), elements, begin, values, at, count);
    } finally {
      memory.release();
    }
  }

  private void acquire(int begin, int count, int at, int length) {
    Objects.checkFromIndexSize(begin, count, elements.capacity());
    Objects.checkFromIndexSize(at, count, length);
    memory.acquire();
  }

  private void acquireToWrite() {
    ElementBuffers.requireWritable(self());
    memory.acquire();
  }

  /**
   * Replaces each element by a function of it.
   *
   * @param function gives the new value
   */
  public void transform(DoubleUnaryOperator function) {
    ElementBuffers.requireWritable(self());
    memory.acquire();
    try {
      ElementCopies.transform(dataType.access(), elements, function);
    } finally {
      memory.release();
    }
  }
}
