package org.conv4j.djl;

import ai.djl.ndarray.types.DataType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/**
 * Elements that one or several arrays look at. Those that a network can compute with are a tensor,
 * freed with the last array; all others are on the heap.
 */
abstract class Storage {
  private final DataType type;
  private final AtomicInteger users = new AtomicInteger(1);

  Storage(DataType type) {
    this.type = type;
  }

  /** Room for zeros. */
  static Storage allocate(DataType type, int size) {
    if (size > 0 && (type == DataType.FLOAT32 || type == DataType.FLOAT64)) {
      return of(Tensor.allocate(Types.conv4j(type), Shape.of(size)));
    }
    return new HeapStorage(type, size);
  }

  /** Takes over a tensor. */
  static Storage of(Tensor tensor) {
    return new TensorStorage(tensor);
  }

  final DataType type() {
    return type;
  }

  abstract void read(int begin, double[] target, int count);

  /** Converts as Java casts, with infinities and NaN where the type has them. */
  abstract void write(int begin, double[] values, int count);

  /** The bytes of some elements, in native order. */
  abstract ByteBuffer bytes(int begin, int count);

  /** Overwrites all elements. */
  abstract void copyFrom(Buffer elements);

  /** The elements as a tensor that shares the memory; null if they are none. */
  Tensor tensor() {
    return null;
  }

  abstract void free();

  final Storage share() {
    users.incrementAndGet();
    return this;
  }

  final void release() {
    if (users.decrementAndGet() == 0) {
      free();
    }
  }
}
