package org.conv4j.onnx.call;

import java.util.function.Supplier;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.weights.Constant;

/**
 * Reads a constant with its dimensions in another order.
 *
 * @param constant the constant
 * @param axes for each dimension of the result, which of the constant's it is
 */
record Rearrangement(Constant constant, IntTuple axes) implements Supplier<Tensor> {
  @Override
  public Tensor get() {
    DataType type = DataType.FLOAT32;
    if (constant instanceof Constant.Stored stored) {
      try (Tensor tensor = stored.source().get()) {
        type = tensor.dataType();
        if (type == DataType.FLOAT32) {
          return floats(tensor);
        }
        return Tensor.allocate(type, shape()).copyFrom(permuted(tensor.toDoubleArray()));
      }
    }
    return Tensor.allocate(DataType.FLOAT64, shape()).copyFrom(permuted(constant.elements()));
  }

  private Shape shape() {
    return constant.shape().permute(axes);
  }

  private Tensor floats(Tensor tensor) {
    int count = Math.toIntExact(tensor.shape().elementCount());
    float[] from = new float[count];
    HeldElements.read(tensor, 0, from, 0, count);
    float[] to = new float[count];
    walk(
        new Copy() {
          @Override
          public void run(int at, int first, int step, int length) {
            for (int i = 0; i < length; i++) {
              to[at + i] = from[first + i * step];
            }
          }
        });
    Tensor result = Tensor.allocate(DataType.FLOAT32, shape());
    HeldElements.write(result, 0, to, 0, count);
    return result;
  }

  private double[] permuted(double[] from) {
    double[] to = new double[from.length];
    walk(
        new Copy() {
          @Override
          public void run(int at, int first, int step, int length) {
            for (int i = 0; i < length; i++) {
              to[at + i] = from[first + i * step];
            }
          }
        });
    return to;
  }

  /** Copies a row of the result. */
  private interface Copy {
    void run(int at, int first, int step, int length);
  }

  private void walk(Copy copy) {
    Shape from = constant.shape();
    int rank = from.rank();
    int[] strides = new int[rank];
    for (int axis = rank - 1, step = 1; axis >= 0; step *= from.intDim(axis), axis--) {
      strides[axis] = step;
    }
    Shape to = shape();
    int length = to.intDim(-1);
    int rows = Math.toIntExact(to.elementCount() / length);
    int[] index = new int[rank];
    int first = 0;
    for (int row = 0; row < rows; row++) {
      copy.run(row * length, first, strides[axes.get(rank - 1)], length);
      for (int axis = rank - 2; axis >= 0; axis--) {
        int step = strides[axes.get(axis)];
        first += step;
        if (++index[axis] < to.intDim(axis)) {
          break;
        }
        first -= index[axis] * step;
        index[axis] = 0;
      }
    }
  }
}
