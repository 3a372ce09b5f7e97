package org.conv4j.djl.memory;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** Elements in a tensor's memory, outside the heap. */
public final class TensorStorage extends Storage {
  private final Tensor tensor;

  TensorStorage(Tensor tensor) {
    super(Types.djl(tensor.dataType()));
    this.tensor = tensor.reshape(Shape.of(tensor.shape().elementCount()));
  }

  @Override
  public Tensor tensor() {
    return tensor;
  }

  @Override
  public void read(int begin, double[] target, int count) {
    tensor.read(begin, target, 0, count);
  }

  @Override
  public void write(int begin, double[] values, int count) {
    tensor.write(begin, values, 0, count);
  }

  @Override
  public ByteBuffer bytes(int begin, int count) {
    ByteBuffer bytes =
        ByteBuffer.allocate(count * type().getNumOfBytes()).order(ByteOrder.nativeOrder());
    tensor.slice(begin, Shape.of(count)).copyTo(bytes);
    return bytes.rewind();
  }

  @Override
  public void copyFrom(Buffer elements) {
    // Tensors take what a buffer has left, and leave its position alone if it is a duplicate.
    if (elements instanceof FloatBuffer floats) {
      tensor.copyFrom(floats.duplicate());
    } else if (elements instanceof DoubleBuffer doubles) {
      tensor.copyFrom(doubles.duplicate());
    } else {
      tensor.copyFrom(((ByteBuffer) elements).duplicate().order(ByteOrder.nativeOrder()));
    }
  }

  @Override
  public void free() {
    tensor.close();
  }
}
