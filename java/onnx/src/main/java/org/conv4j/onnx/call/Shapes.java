package org.conv4j.onnx.call;

import java.util.Arrays;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/** Small arithmetic on shapes. */
public final class Shapes {
  private Shapes() {}

  /** A shape with extents of 1 before its own. */
  public static Shape expanded(Shape shape, int rank) {
    long[] dims = new long[rank];
    Arrays.fill(dims, 1);
    System.arraycopy(shape.toArray(), 0, dims, rank - shape.rank(), shape.rank());
    return Shape.of(dims);
  }

  /** A shape of 1 along all axes but one. */
  public static Shape along(int rank, int axis, long extent) {
    long[] dims = new long[rank];
    Arrays.fill(dims, 1);
    dims[axis] = extent;
    return Shape.of(dims);
  }

  public static int[] range(int from, int to) {
    int[] axes = new int[to - from];
    Arrays.setAll(axes, i -> from + i);
    return axes;
  }

  public static IntTuple tuple(long[] numbers) {
    return IntTuple.generate(numbers.length, i -> Math.toIntExact(numbers[i]));
  }

  public static long product(Shape shape, int from, int to) {
    long product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= shape.dim(axis);
    }
    return product;
  }
}
