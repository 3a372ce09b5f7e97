package org.conv4j.onednn.primitive.operation;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.shape.Shape;

/**
 * Two shapes that are combined element by element, with neighbouring axes taken together wherever
 * the same operand is repeated along both: the fewer axes there are, the more patterns of
 * repetition are among oneDNN's fast ones.
 *
 * @param left the first operand's shape
 * @param right the second operand's shape, of the same rank
 */
record BroadcastPair(Shape left, Shape right) {
  /** An axis of both. */
  private record Axis(long left, long right) {
    boolean isRepeatedLike(Axis other) {
      return Long.signum(left - right) == Long.signum(other.left - other.right);
    }

    Axis with(Axis next) {
      return new Axis(left * next.left, right * next.right);
    }
  }

  /** Simplifies two shapes of the same rank that fit together. */
  static BroadcastPair of(Shape left, Shape right) {
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < left.rank(); i++) {
      Axis next = new Axis(left.dim(i), right.dim(i));
      int last = axes.size() - 1;
      if (next.left() == 1 && next.right() == 1) {
        continue;
      }
      if (last >= 0 && axes.get(last).isRepeatedLike(next)) {
        axes.set(last, axes.get(last).with(next));
      } else {
        axes.add(next);
      }
    }
    if (axes.isEmpty()) {
      axes.add(new Axis(1, 1));
    }
    return new BroadcastPair(
        Shape.of(axes.stream().mapToLong(Axis::left).toArray()),
        Shape.of(axes.stream().mapToLong(Axis::right).toArray()));
  }

  /** Takes some lines of the last axis together, where the right operand has only one line. */
  BroadcastPair withLines(int lines) {
    if (lines == 1) {
      return this;
    }
    long[] of = left.toArray();
    int last = of.length - 1;
    of[last] *= lines;
    of[last - 1] /= lines;
    long[] with = right.toArray();
    with[last] *= lines;
    return new BroadcastPair(Shape.of(of), Shape.of(with));
  }

  /** Returns the shape of the result. */
  Shape output() {
    long[] dims = new long[left.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.max(left.dim(i), right.dim(i));
    }
    return Shape.of(dims);
  }
}
