package org.conv4j.djl.memory;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where an array's elements are in its storage: element {@code (i, j, ...)} is at {@code offset + i
 * * strides[0] + j * strides[1] + ...}, counted in elements. Immutable; the arrays are not to be
 * changed.
 */
public record View(int offset, int[] shape, int[] strides) {
  /** Elements that follow each other, the last axis fastest. */
  public static View of(int offset, int... shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride = Math.multiplyExact(stride, Math.max(1, shape[axis]));
    }
    return new View(offset, shape, strides);
  }

  public static View of(Shape shape) {
    return of(0, extents(shape));
  }

  public static int[] extents(Shape shape) {
    return Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
  }

  public int rank() {
    return shape.length;
  }

  public int size() {
    int size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }

  public Shape toShape() {
    return new Shape(Arrays.stream(shape).mapToLong(extent -> extent).toArray());
  }

  /** Whether the elements follow each other with the last axis fastest. */
  public boolean isContiguous() {
    int stride = 1;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      // Where an axis has one position, its stride is never used.
      if (shape[axis] != 1 && strides[axis] != stride) {
        return false;
      }
      stride *= Math.max(1, shape[axis]);
    }
    return true;
  }

  /** Whether the elements follow each other in some order of the axes. */
  public boolean isDense() {
    return transposed(axesByStride()).isContiguous();
  }

  private int[] axesByStride() {
    return IntStream.range(0, rank())
        .boxed()
        .sorted((a, b) -> Integer.compare(strides[b], strides[a]))
        .mapToInt(axis -> axis)
        .toArray();
  }

  /** The axes of this in a new order. */
  public View transposed(int... axes) {
    int[] newShape = new int[axes.length];
    int[] newStrides = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      newShape[i] = shape[axes[i]];
      newStrides[i] = strides[axes[i]];
    }
    return new View(offset, newShape, newStrides);
  }

  /** With an axis of one position in front of another one. */
  public View inserted(int axis) {
    int stride = axis < rank() ? Math.multiplyExact(strides[axis], Math.max(1, shape[axis])) : 1;
    return new View(offset, insert(shape, axis, 1), insert(strides, axis, stride));
  }

  private static int[] insert(int[] values, int at, int value) {
    int[] result = new int[values.length + 1];
    System.arraycopy(values, 0, result, 0, at);
    result[at] = value;
    System.arraycopy(values, at, result, at + 1, values.length - at);
    return result;
  }

  /** Without some axes, of which only the first position is kept. */
  public View removed(int... axes) {
    int[] kept =
        IntStream.range(0, rank())
            .filter(axis -> Arrays.stream(axes).noneMatch(removed -> removed == axis))
            .toArray();
    return transposed(kept);
  }

  /** Every {@code step}-th position of each axis. */
  public View sliced(int[] begin, int[] step, int[] newShape) {
    int first = offset;
    int[] newStrides = new int[rank()];
    for (int axis = 0; axis < rank(); axis++) {
      first += begin[axis] * strides[axis];
      newStrides[axis] = strides[axis] * step[axis];
    }
    return new View(first, newShape, newStrides);
  }

  /** Some positions of one axis. */
  public View narrowed(int axis, int begin, int count) {
    int[] begins = new int[rank()];
    int[] steps = new int[rank()];
    int[] newShape = shape.clone();
    begins[axis] = begin;
    Arrays.fill(steps, 1);
    newShape[axis] = count;
    return sliced(begins, steps, newShape);
  }

  /** The same strides from the start of another storage. */
  public View moved(int newOffset) {
    return new View(newOffset, shape, strides);
  }

  /**
   * This as numpy broadcasts it: axes are added in front, and one position stands for all of a
   * longer axis.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  public View broadcast(int[] target) {
    int[] newStrides = new int[target.length];
    int added = target.length - rank();
    for (int axis = 0; axis < rank(); axis++) {
      if (added < 0 || (shape[axis] != target[added + axis] && shape[axis] != 1)) {
        throw new IllegalArgumentException(
            "An array of the shape %s does not fit the shape %s."
                .formatted(Arrays.toString(shape), Arrays.toString(target)));
      }
      newStrides[added + axis] = shape[axis] == 1 ? 0 : strides[axis];
    }
    return new View(offset, target, newStrides);
  }

  /** The shape that two arrays have together. */
  public static int[] common(int[] a, int[] b) {
    int[] result = new int[Math.max(a.length, b.length)];
    for (int i = 1; i <= result.length; i++) {
      int left = i <= a.length ? a[a.length - i] : 1;
      int right = i <= b.length ? b[b.length - i] : 1;
      result[result.length - i] = left == 1 ? right : left;
    }
    return result;
  }

  /** An axis counted from the end if it is negative. */
  public static int axis(int axis, int rank) {
    int result = axis < 0 ? axis + rank : axis;
    if (result < 0 || result >= rank) {
      throw new IllegalArgumentException(
          "An array of %d dimensions has no axis %d.".formatted(rank, axis));
    }
    return result;
  }
}
