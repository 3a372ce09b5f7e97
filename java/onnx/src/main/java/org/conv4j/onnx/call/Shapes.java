package org.conv4j.onnx.call;

import java.util.Arrays;
import org.conv4j.error.ShapeMismatchException;
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
    return Shape.ofElements(dims);
  }

  /** A shape of 1 along all axes but one. */
  public static Shape along(int rank, int axis, long extent) {
    long[] dims = new long[rank];
    Arrays.fill(dims, 1);
    dims[axis] = extent;
    return Shape.ofElements(dims);
  }

  /** What is left of a shape whose axes are reduced to an extent of 1. */
  public static Shape reduced(Shape shape, int[] axes) {
    long[] dims = shape.toArray();
    for (int axis : axes) {
      dims[axis] = 1;
    }
    return Shape.ofElements(dims);
  }

  /** What two shapes are combined to as NumPy does. */
  public static Shape combined(Shape left, Shape right) {
    int rank = Math.max(left.rank(), right.rank());
    long[] dims = expanded(left, rank).toArray();
    Shape other = expanded(right, rank);
    for (int axis = 0; axis < rank; axis++) {
      if (dims[axis] != other.dim(axis) && dims[axis] != 1 && other.dim(axis) != 1) {
        throw new ShapeMismatchException("%s and %s cannot be combined.".formatted(left, right));
      }
      dims[axis] = dims[axis] == 1 ? other.dim(axis) : dims[axis];
    }
    return Shape.ofElements(dims);
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
