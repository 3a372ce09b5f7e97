package org.conv4j.lowering;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Numbers that a program is compiled with: a tensor that was given, or numbers derived from others,
 * which are computed each time they are asked for, so that they take no memory in between.
 */
public sealed interface Constant {
  /** How many elements are worked on at once where an array of all of them would be garbage. */
  int CHUNK = 4096;

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
    public Reader reader() {
      return tensor::read;
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
    public Reader reader() {
      double[] all = source.get();
      return (begin, target, count) -> System.arraycopy(all, begin, target, 0, count);
    }

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
   * Numbers that are multiplied with factors. Weights are large: they are computed a chunk at a
   * time.
   *
   * @param base the numbers
   * @param factors the factors, fewer than numbers
   * @param factorOf tells which factor the element at a position has
   */
  record Scaled(Constant base, Constant factors, IntUnaryOperator factorOf) implements Constant {
    @Override
    public Shape shape() {
      return base.shape();
    }

    @Override
    public Reader reader() {
      Reader unscaled = base.reader();
      double[] scale = factors.elements();
      return (begin, target, count) -> {
        unscaled.read(begin, target, count);
        for (int i = 0; i < count; i++) {
          target[i] *= scale[factorOf.applyAsInt(begin + i)];
        }
      };
    }

    @Override
    public double[] elements() {
      double[] all = new double[Math.toIntExact(shape().elementCount())];
      reader().read(0, all, all.length);
      return all;
    }

    @Override
    public Tensor copyAs(DataType dataType) {
      Reader reader = reader();
      Tensor copy = Tensor.allocate(dataType, shape());
      int size = Math.toIntExact(shape().elementCount());
      double[] chunk = new double[Math.min(size, CHUNK)];
      for (int begin = 0; begin < size; begin += CHUNK) {
        int count = Math.min(CHUNK, size - begin);
        reader.read(begin, chunk, count);
        copy.write(begin, chunk, count);
      }
      return copy;
    }
  }

  /** Reads numbers a part at a time, each of which is only then computed. */
  @FunctionalInterface
  interface Reader {
    /**
     * Computes some of the numbers.
     *
     * @param begin the row-major position of the first
     * @param target receives them from its first place on
     * @param count how many
     */
    void read(int begin, double[] target, int count);
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
   * Opens the numbers for reading in parts.
   *
   * @return a reader, for one pass
   */
  Reader reader();

  /**
   * Copies the numbers into a tensor.
   *
   * @param dataType the tensor's type
   * @return a new tensor, which the caller closes
   */
  Tensor copyAs(DataType dataType);
}
