package org.conv4j.dl4j.convert;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies the parameters of one layer, in the layout that conv4j has them in. */
final class Parameters {
  private final Draft draft;
  private final Function<String, INDArray> source;
  private final Map<String, Constant> taken = new LinkedHashMap<>();

  /** The image that a dense layer's rows stand for, or null if it is none or lies as it is. */
  private long[] flattened;

  Parameters(Draft draft, Function<String, INDArray> source) {
    this.draft = draft;
    this.source = source;
  }

  /** A parameter as it is. */
  INDArray array(String key) {
    INDArray array = source.apply(key);
    if (array == null) {
      throw new Unsupported("it has no parameter '" + key + "'; is the network initialised?");
    }
    return array;
  }

  /** Adds a weight whose elements are those of an array in row-major order. */
  Parameters with(String name, INDArray array, long... shape) {
    taken.put(name, new Constant.Given(copy(array, Shape.of(shape))));
    return this;
  }

  /** Adds a weight with the axes of the array in another order. */
  Parameters permuted(String name, String key, int... axes) {
    INDArray array = array(key).permute(axes);
    return with(name, array, array.shape());
  }

  /** Adds a weight of one axis. */
  Parameters vector(String name, String key) {
    INDArray array = array(key);
    return with(name, array, array.length());
  }

  /**
   * Says that the input is a flattened image whose channels are last, where the network's are
   * first.
   */
  void flattened(long... channelsFirst) {
    flattened = channelsFirst;
  }

  /** Adds the kernel of a dense layer. */
  Parameters kernel(String key, long rows, long columns) {
    INDArray array = array(key);
    if (flattened != null) {
      int rank = flattened.length + 1;
      long[] shape = Arrays.copyOf(flattened, rank);
      shape[rank - 1] = columns;
      int[] axes = new int[rank];
      Arrays.setAll(axes, i -> i == rank - 1 ? i : (i + 1) % (rank - 1));
      array = array.dup('c').reshape('c', shape).permute(axes);
    }
    return with("kernel", array, rows, columns);
  }

  /** Adds a bias if there is one. */
  Parameters bias(boolean present) {
    return present ? vector("bias", "b") : this;
  }

  Weights weights() {
    return Weights.ofConstants(taken);
  }

  /** A constant of an array's elements in row-major order. */
  Constant constant(INDArray array, long... shape) {
    return new Constant.Given(copy(array, Shape.of(shape)));
  }

  @SuppressWarnings("try") // It is there to be closed.
  private Tensor copy(INDArray array, Shape shape) {
    Tensor copy = Tensor.allocate(draft.dataType(), shape);
    draft.own(copy);
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray ordered = array.dup('c')) {
      if (draft.dataType() == DataType.FLOAT32) {
        copy.copyFrom(ordered.data().asFloat());
      } else {
        copy.copyFrom(ordered.data().asDouble());
      }
    }
    return copy;
  }
}
