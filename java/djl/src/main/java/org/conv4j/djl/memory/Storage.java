package org.conv4j.djl.memory;

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
public abstract class Storage {
  private final DataType type;
  private final AtomicInteger users = new AtomicInteger(1);

  Storage(DataType type) {
    this.type = type;
  }

  /** Room for zeros. */
  public static Storage allocate(DataType type, int size) {
    if (size > 0 && (type == DataType.FLOAT32 || type == DataType.FLOAT64)) {
      return of(Tensor.allocate(Types.conv4j(type), Shape.of(size)));
    }
    return new HeapStorage(type, size);
  }

  /** Takes over a tensor. */
  public static Storage of(Tensor tensor) {
    return new TensorStorage(tensor);
  }

  public final DataType type() {
    return type;
  }

  public abstract void read(int begin, double[] target, int count);

  /** Converts as Java casts, with infinities and NaN where the type has them. */
  public abstract void write(int begin, double[] values, int count);

  /** The bytes of some elements, in native order. */
  public abstract ByteBuffer bytes(int begin, int count);

  /** Overwrites all elements. */
  public abstract void copyFrom(Buffer elements);

  /** The elements as a tensor that shares the memory; null if they are none. */
  public Tensor tensor() {
    return null;
  }

  public abstract void free();

  public final Storage share() {
    users.incrementAndGet();
    return this;
  }

  public final void release() {
    if (users.decrementAndGet() == 0) {
      free();
    }
  }
}
