package org.conv4j.weights;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Numbers that a program is compiled with: a tensor that was given, numbers that are kept
 * elsewhere, that were computed, or that are others multiplied with factors. What is kept elsewhere
 * is read each time it is asked for, so that weights take no memory in between. No constant is
 * computed from a chain of others: optimising computes what is small at once, and merges factors
 * with factors. Safe for any thread.
 */
public sealed interface Constant {
  /** How many elements are worked on at once where an array of all of them would be garbage. */
  int CHUNK = 4096;

  /**
   * A tensor.
   *
   * @param tensor owned by the code that made it; read only while programs are optimised and
   *     compiled
   */
  record Given(Tensor tensor) implements Constant {
    @Override
    public Shape shape() {
      return tensor.shape();
    }

    @Override
    public Reader reader() {
      return (begin, target, count) -> tensor.read(begin, target, 0, count);
    }

    @Override
    public double[] elements() {
      return tensor.toDoubleArray();
    }

    @Override
    public Tensor copyAs(DataType dataType) {
      return tensor.copyAs(dataType);
    }

    @Override
    public Constant reshape(Shape newShape) {
      return new Given(tensor.reshape(newShape));
    }
  }

  /**
   * Numbers that are kept elsewhere, for example in a file.
   *
   * @param shape their shape
   * @param source reads them into a new tensor of as many elements, which the caller closes; the
   *     same ones at every call, from any thread, for as long as programs are optimised and
   *     compiled
   */
  record Stored(Shape shape, Supplier<Tensor> source) implements Constant {
    @Override
    public Reader reader() {
      Tensor tensor = source.get();
      return new Reader() {
        @Override
        public void read(int begin, double[] target, int count) {
          tensor.read(begin, target, 0, count);
        }

        @Override
        public void close() {
          tensor.close();
        }
      };
    }

    @Override
    public double[] elements() {
      try (Tensor tensor = source.get()) {
        return tensor.toDoubleArray();
      }
    }

    @Override
    public Tensor copyAs(DataType dataType) {
      Tensor tensor = source.get();
      try {
        Tensor shaped = tensor.shape().equals(shape) ? tensor : tensor.reshape(shape);
        if (tensor.dataType() == dataType) {
          return shaped;
        }
        Tensor copy = shaped.copyAs(dataType);
        tensor.close();
        return copy;
      } catch (RuntimeException | Error failure) {
        tensor.close();
        throw failure;
      }
    }

    @Override
    public Constant reshape(Shape newShape) {
      return new Stored(newShape, source);
    }
  }

  /**
   * Numbers that were computed.
   *
   * @param shape their shape
   * @param numbers the elements in row-major order, not to be changed
   */
  record Computed(Shape shape, double[] numbers) implements Constant {
    /**
     * Checks that there are as many numbers as the shape says.
     *
     * @param shape see {@link #shape}
     * @param numbers see {@link #numbers}
     */
    public Computed {
      if (numbers.length != shape.elementCount()) {
        throw new ShapeMismatchException(
            "A constant of shape %s was given %d numbers.".formatted(shape, numbers.length));
      }
    }

    @Override
    public Reader reader() {
      return (begin, target, count) -> System.arraycopy(numbers, begin, target, 0, count);
    }

    @Override
    public double[] elements() {
      return numbers.clone();
    }

    @Override
    public Tensor copyAs(DataType dataType) {
      return Tensor.allocate(dataType, shape).copyFrom(numbers);
    }

    @Override
    public Constant reshape(Shape newShape) {
      return new Computed(newShape, numbers);
    }
  }

  /**
   * The same number everywhere.
   *
   * @param shape the shape
   * @param number the number
   */
  record Filled(Shape shape, double number) implements Constant {
    @Override
    public Reader reader() {
      return (begin, target, count) -> Arrays.fill(target, 0, count, number);
    }

    @Override
    public double[] elements() {
      double[] all = new double[Math.toIntExact(shape.elementCount())];
      Arrays.fill(all, number);
      return all;
    }

    @Override
    public Tensor copyAs(DataType dataType) {
      Tensor copy = Tensor.allocate(dataType, shape);
      int size = Math.toIntExact(shape.elementCount());
      double[] chunk = new double[Math.min(size, CHUNK)];
      Arrays.fill(chunk, number);
      for (int begin = 0; begin < size; begin += CHUNK) {
        copy.write(begin, chunk, 0, Math.min(CHUNK, size - begin));
      }
      return copy;
    }

    @Override
    public Constant reshape(Shape newShape) {
      return new Filled(newShape, number);
    }
  }

  /**
   * Numbers that are multiplied with factors. Weights are large: they are computed a chunk at a
   * time.
   *
   * @param base the numbers
   * @param factors the factors, fewer than numbers
   * @param factorOf tells which number has which factor
   */
  record Scaled(Constant base, Constant factors, Factors factorOf) implements Constant {
    @Override
    public Shape shape() {
      return base.shape();
    }

    @Override
    public Reader reader() {
      double[] scale = factors.elements();
      Reader unscaled = base.reader();
      return new Reader() {
        @Override
        public void read(int begin, double[] target, int count) {
          unscaled.read(begin, target, count);
          factorOf.scale(begin, target, count, scale);
        }

        @Override
        public void close() {
          unscaled.close();
        }
      };
    }

    @Override
    public double[] elements() {
      double[] all = base.elements();
      factorOf.scale(0, all, all.length, factors.elements());
      return all;
    }

    @Override
    public Tensor copyAs(DataType dataType) {
      Tensor copy = base.copyAs(dataType);
      try {
        factorOf.scale(copy, factors.elements());
        return copy;
      } catch (RuntimeException | Error failure) {
        copy.close();
        throw failure;
      }
    }

    @Override
    public Constant reshape(Shape newShape) {
      return new Scaled(base.reshape(newShape), factors, factorOf);
    }
  }

  /** Which of some factors each of many numbers is multiplied with. Safe for any thread. */
  @FunctionalInterface
  interface Factors {
    /**
     * Returns the factor of one number.
     *
     * @param position the number's row-major position
     * @return the factor's position
     */
    int of(int position);

    /**
     * Multiplies numbers with their factors.
     *
     * @param begin the position of the first
     * @param numbers the numbers from the array's first place on, which are overwritten
     * @param count how many
     * @param factors all factors
     */
    default void scale(int begin, double[] numbers, int count, double[] factors) {
      for (int i = 0; i < count; i++) {
        numbers[i] *= factors[of(begin + i)];
      }
    }

    /**
     * Multiplies the elements of a tensor with their factors, in place.
     *
     * @param tensor the numbers, which are overwritten; the caller owns it
     * @param factors all factors
     */
    default void scale(Tensor tensor, double[] factors) {
      int size = Math.toIntExact(tensor.shape().elementCount());
      double[] chunk = new double[Math.min(size, CHUNK)];
      for (int begin = 0; begin < size; begin += CHUNK) {
        int count = Math.min(CHUNK, size - begin);
        tensor.read(begin, chunk, 0, count);
        scale(begin, chunk, count, factors);
        tensor.write(begin, chunk, 0, count);
      }
    }
  }

  /** Reads numbers a part at a time, each of which is only then computed. Not thread-safe. */
  @FunctionalInterface
  interface Reader extends AutoCloseable {
    /**
     * Computes some of the numbers.
     *
     * @param begin the row-major position of the first
     * @param target receives them from its first place on
     * @param count how many
     */
    void read(int begin, double[] target, int count);

    /** Frees what was read ahead. A second call does nothing. */
    @Override
    default void close() {}
  }

  /**
   * Returns tensors as constants.
   *
   * @param tensors owned by the code that made them; see {@link Given#tensor}
   * @return a constant for each
   */
  static List<Constant> given(List<Tensor> tensors) {
    return tensors.stream().<Constant>map(Given::new).toList();
  }

  /**
   * Returns some numbers as a constant.
   *
   * @param shape their shape
   * @param elements the numbers in row-major order, not to be changed
   * @return the constant
   */
  static Constant of(Shape shape, double... elements) {
    return new Computed(shape, elements);
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
   * @return a reader, for one pass, which the caller closes
   */
  Reader reader();

  /**
   * Copies the numbers into a tensor.
   *
   * @param dataType the tensor's type
   * @return a new tensor, which the caller closes
   */
  Tensor copyAs(DataType dataType);

  /**
   * Returns the same numbers in another shape.
   *
   * @param newShape a shape of as many elements
   * @return the numbers; nothing is copied
   */
  Constant reshape(Shape newShape);
}
