package org.conv4j.djl;

import ai.djl.ndarray.types.DataType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** Elements in a tensor's memory, outside the heap. */
final class TensorStorage extends Storage {
  private final Tensor tensor;

  TensorStorage(Tensor tensor) {
    super(Types.djl(tensor.dataType()));
    this.tensor = tensor.reshape(Shape.of(tensor.shape().elementCount()));
  }

  @Override
  Tensor tensor() {
    return tensor;
  }

  @Override
  void read(int begin, double[] target, int count) {
    tensor.read(begin, target, count);
  }

  @Override
  void write(int begin, double[] values, int count) {
    tensor.write(begin, values, count);
  }

  @Override
  ByteBuffer bytes(int begin, int count) {
    ByteBuffer bytes =
        ByteBuffer.allocate(count * type().getNumOfBytes()).order(ByteOrder.nativeOrder());
    Tensor part = tensor.slice(begin, Shape.of(count));
    if (type() == DataType.FLOAT32) {
      bytes.asFloatBuffer().put(part.toFloatArray());
    } else {
      bytes.asDoubleBuffer().put(part.toDoubleArray());
    }
    return bytes;
  }

  @Override
  void copyFrom(Buffer elements) {
    if (type() == DataType.FLOAT32) {
      tensor.copyFrom(floats(elements));
    } else {
      tensor.copyFrom(doubles(elements));
    }
  }

  private float[] floats(Buffer elements) {
    float[] values = new float[(int) tensor.shape().elementCount()];
    if (elements instanceof DoubleBuffer doubles) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) doubles.get(doubles.position() + i);
      }
    } else if (elements instanceof ByteBuffer bytes) {
      bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
    } else {
      ((FloatBuffer) elements).duplicate().get(values);
    }
    return values;
  }

  private double[] doubles(Buffer elements) {
    double[] values = new double[(int) tensor.shape().elementCount()];
    if (elements instanceof FloatBuffer floats) {
      for (int i = 0; i < values.length; i++) {
        values[i] = floats.get(floats.position() + i);
      }
    } else if (elements instanceof ByteBuffer bytes) {
      bytes.duplicate().order(ByteOrder.nativeOrder()).asDoubleBuffer().get(values);
    } else {
      ((DoubleBuffer) elements).duplicate().get(values);
    }
    return values;
  }

  @Override
  void free() {
    tensor.close();
  }
}
