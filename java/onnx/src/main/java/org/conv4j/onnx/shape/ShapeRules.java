package org.conv4j.onnx.shape;

import java.util.Arrays;

/** The extents of results: of tensors that are known, and of those that a run computes. */
public final class ShapeRules {
  private ShapeRules() {}

  /** What Reshape makes of some extents. */
  public static long[] reshaped(NodeInfo node, long[] dims, long[] wanted) {
    if (wanted == null) {
      throw node.invalid("it has no shape");
    }
    boolean keepsZero = node.flag("allowzero", false);
    long[] result = wanted.clone();
    int open = -1;
    long known = 1;
    for (int i = 0; i < result.length; i++) {
      if (result[i] == 0 && !keepsZero) {
        if (i >= dims.length) {
          throw node.invalid("there is no axis %d to copy the extent of".formatted(i));
        }
        result[i] = dims[i];
      }
      if (result[i] == -1 && open < 0) {
        open = i;
      } else if (result[i] < 0 || result[i] > Integer.MAX_VALUE) {
        throw node.invalid("a shape of %s is impossible".formatted(Arrays.toString(wanted)));
      } else {
        known = known > Long.MAX_VALUE / 2 / Math.max(1, result[i]) ? -2 : known * result[i];
      }
      if (known == -2) {
        throw node.invalid("a shape of %s is too large".formatted(Arrays.toString(wanted)));
      }
    }
    long count = product(dims, 0, dims.length);
    if (open >= 0 && known > 0) {
      result[open] = count / known;
      known *= result[open];
    }
    if (known != count || open >= 0 && count == 0 && known == 0 && result[open] < 0) {
      throw node.invalid(
          "%s cannot be reshaped to %s".formatted(Arrays.toString(dims), Arrays.toString(wanted)));
    }
    return result;
  }

  /** What Flatten makes of some extents. */
  public static long[] flattened(NodeInfo node, long[] dims) {
    long given = node.integer("axis", 1);
    int axis = given == dims.length ? dims.length : node.axis(given, dims.length);
    return new long[] {product(dims, 0, axis), product(dims, axis, dims.length)};
  }

  private static long product(long[] dims, int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product = Math.multiplyExact(product, dims[i]);
    }
    return product;
  }

  /** What Squeeze makes of some extents; null stands for all axes of extent 1. */
  public static long[] squeezed(NodeInfo node, long[] dims, long[] axes) {
    boolean[] gone = new boolean[dims.length];
    for (int i = 0; axes != null && i < axes.length; i++) {
      int axis = node.axis(axes[i], dims.length);
      if (dims[axis] != 1) {
        throw node.invalid("axis %d of %s is not 1".formatted(axis, Arrays.toString(dims)));
      }
      gone[axis] = true;
    }
    long[] left = new long[dims.length];
    int count = 0;
    for (int i = 0; i < dims.length; i++) {
      if (axes == null ? dims[i] != 1 : !gone[i]) {
        left[count++] = dims[i];
      }
    }
    return Arrays.copyOf(left, count);
  }

  /** What Unsqueeze makes of some extents. */
  public static long[] unsqueezed(NodeInfo node, long[] dims, long[] axes) {
    if (axes == null) {
      throw node.invalid("it has no axes");
    }
    int rank = dims.length + axes.length;
    long[] result = new long[rank];
    for (long axis : axes) {
      int place = node.axis(axis, rank);
      if (result[place] == 1) {
        throw node.invalid("it has axis %d twice".formatted(place));
      }
      result[place] = 1;
    }
    int next = 0;
    for (int i = 0; i < rank; i++) {
      if (result[i] == 0) {
        result[i] = dims[next++];
      }
    }
    return result;
  }

  /** The order of axes of a Transpose. */
  public static int[] order(NodeInfo node, int rank) {
    long[] given = node.integers("perm");
    int[] order = new int[rank];
    if (given != null && given.length != rank) {
      throw node.invalid("it has an order of %d axes for %d".formatted(given.length, rank));
    }
    boolean[] named = new boolean[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = given == null ? rank - 1 - i : node.axis(given[i], rank);
      if (named[order[i]]) {
        throw node.invalid("it has axis %d twice".formatted(order[i]));
      }
      named[order[i]] = true;
    }
    return order;
  }

  /** The extents of the parts of a Split; null stands for equal ones. */
  public static long[] split(NodeInfo node, long extent, long[] sizes) {
    if (sizes != null) {
      long sum = 0;
      for (long size : sizes) {
        sum += size;
      }
      if (sum != extent || sizes.length < node.outputs()) {
        throw node.invalid(
            "parts of %s do not make up %d".formatted(Arrays.toString(sizes), extent));
      }
      return sizes;
    }
    int count = node.integer("num_outputs", node.outputs());
    if (count < node.outputs()) {
      throw node.invalid("%d parts are fewer than its outputs".formatted(count));
    }
    long size = (extent + count - 1) / count;
    long[] parts = new long[count];
    for (int i = 0; i < count; i++) {
      parts[i] = Math.max(0, Math.min(size, extent - i * size));
    }
    return parts;
  }
}
