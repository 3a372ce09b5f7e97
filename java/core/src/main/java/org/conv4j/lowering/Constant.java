package org.conv4j.lowering;

import java.util.List;
import java.util.function.Supplier;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Numbers that a program is compiled with: a tensor that was given, or numbers derived from others,
 * which are computed each time they are asked for, so that they take no memory in between.
 */
public sealed interface Constant {
  /**
   * A tensor.
   *
   * @param tensor owned by whoever made it; read only while programs are optimised and compiled
   */
  record Given(Tensor tensor) implements Constant {
    @Override
    public Shape shape() {
      return tensor.shape();
    }

    @Override
    public double[] elements() {
      return tensor.toDoubleArray();
    }

    @Override
    public Tensor copyAs(DataType dataType) {
      return tensor.copyAs(dataType);
    }
  }

  /**
   * Derived numbers.
   *
   * @param shape their shape
   * @param source computes the elements in row-major order, the same ones at every call
   */
  record Derived(Shape shape, Supplier<double[]> source) implements Constant {
    @Override
    public double[] elements() {
      return source.get();
    }

    @Override
    public Tensor copyAs(DataType dataType) {
      double[] elements = source.get();
      return Tensor.allocate(dataType, shape).copyFrom(elements);
    }
  }

  /**
   * Returns tensors as constants.
   *
   * @param tensors owned by whoever made them; see {@link Given#tensor}
   * @return a constant for each
   */
  static List<Constant> given(List<Tensor> tensors) {
    return tensors.stream().<Constant>map(Given::new).toList();
  }

  /**
   * Returns the shape.
   *
   * @return the shape
   */
  Shape shape();

  /**
   * Returns the numbers.
   *
   * @return a new array, in row-major order
   */
  double[] elements();

  /**
   * Copies the numbers into a tensor.
   *
   * @param dataType the tensor's type
   * @return a new tensor, which the caller closes
   */
  Tensor copyAs(DataType dataType);
}
