package org.conv4j.onnx.shape;

/** Walks over a box of elements in row-major order, counting places along axes of other tensors. */
final class Strides {
  private Strides() {}

  /** For each axis, how far apart neighbours are in row-major order. */
  static long[] of(long[] dims) {
    long[] strides = new long[dims.length];
    long step = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= dims[axis];
    }
    return strides;
  }

  /** For each element of a box, {@code first} plus its index times the steps. */
  static int[] places(long[] dims, int count, long first, long[] steps) {
    int[] places = new int[count];
    long[] index = new long[dims.length];
    long place = first;
    for (int i = 0; i < count; i++) {
      places[i] = (int) place;
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        place += steps[axis];
        if (++index[axis] < dims[axis]) {
          break;
        }
        place -= index[axis] * steps[axis];
        index[axis] = 0;
      }
    }
    return places;
  }

  /** The steps of a tensor that is combined with others as NumPy does. */
  static long[] broadcast(long[] dims, int rank) {
    long[] own = of(dims);
    long[] steps = new long[rank];
    for (int i = 0; i < dims.length; i++) {
      steps[rank - dims.length + i] = dims[i] == 1 ? 0 : own[i];
    }
    return steps;
  }

  /** The extents of what two tensors are combined to. */
  static long[] broadcast(NodeInfo node, long[] left, long[] right) {
    int rank = Math.max(left.length, right.length);
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      long a = i < rank - left.length ? 1 : left[i - rank + left.length];
      long b = i < rank - right.length ? 1 : right[i - rank + right.length];
      if (a != b && a != 1 && b != 1) {
        throw node.invalid("extents of %d and %d cannot be combined".formatted(a, b));
      }
      dims[i] = a == 1 ? b : a;
    }
    return dims;
  }
}
