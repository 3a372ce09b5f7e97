package org.conv4j.shape;

import java.util.Arrays;
import java.util.StringJoiner;
import org.conv4j.error.ShapeMismatchException;

/**
 * The extents of a tensor, outermost dimension first. Immutable; every extent is at least 1 and the
 * number of elements fits a {@code long}.
 */
public final class Shape {
  private final long[] dims;
  private final long elementCount;

  private Shape(long[] dims) {
    this.dims = dims;
    long count = 1;
    for (long dim : dims) {
      if (dim < 1) {
        throw new ShapeMismatchException(
            "A shape needs extents of at least 1; given " + format(dims) + ".");
      }
      try {
        count = Math.multiplyExact(count, dim);
      } catch (ArithmeticException overflow) {
        throw new ShapeMismatchException(
            "The shape " + format(dims) + " has more elements than 64 bits can count.", overflow);
      }
    }
    this.elementCount = count;
  }

  /**
   * Returns the shape with the given extents.
   *
   * @param dims extents, outermost first; none for a scalar
   * @return the shape
   * @throws ShapeMismatchException if an extent is below 1 or the element count overflows
   */
  public static Shape of(long... dims) {
    return new Shape(dims.clone());
  }

  /**
   * Returns the number of dimensions.
   *
   * @return the rank, 0 for a scalar
   */
  public int rank() {
    return dims.length;
  }

  /**
   * Returns one extent.
   *
   * @param axis the dimension; negative values count from the end
   * @return its extent
   */
  public long dim(int axis) {
    return dims[axis < 0 ? dims.length + axis : axis];
  }

  /**
   * Returns one extent as an {@code int}, for the loops of engines that index with one.
   *
   * @param axis the dimension; negative values count from the end
   * @return its extent
   * @throws ShapeMismatchException if it exceeds 2^31 - 1
   */
  public int intDim(int axis) {
    long dim = dim(axis);
    if (dim > Integer.MAX_VALUE) {
      throw new ShapeMismatchException(
          "An extent of " + this + " is above the limit of " + Integer.MAX_VALUE + ".");
    }
    return (int) dim;
  }

  /**
   * Changes one extent.
   *
   * @param axis the dimension, counted from 0
   * @param extent its new extent
   * @return a changed copy
   */
  public Shape withDim(int axis, long extent) {
    long[] changed = dims.clone();
    changed[axis] = extent;
    return of(changed);
  }

  /**
   * Returns the extents.
   *
   * @return a copy
   */
  public long[] toArray() {
    return dims.clone();
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of the extents, 1 for a scalar
   */
  public long elementCount() {
    return elementCount;
  }

  /**
   * Returns this shape with its dimensions reordered.
   *
   * @param axes for each dimension of the result, the dimension of this shape it comes from
   * @return the reordered shape
   * @throws ShapeMismatchException if the axes do not name every dimension exactly once
   */
  public Shape permute(IntTuple axes) {
    if (!isOrder(axes)) {
      throw new ShapeMismatchException(
          "The axes " + axes + " do not name every dimension of " + this + " exactly once.");
    }
    long[] permuted = new long[dims.length];
    for (int i = 0; i < permuted.length; i++) {
      permuted[i] = dims[axes.get(i)];
    }
    return new Shape(permuted);
  }

  private boolean isOrder(IntTuple axes) {
    boolean[] named = new boolean[dims.length];
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      if (axis < 0 || axis >= dims.length || named[axis]) {
        return false;
      }
      named[axis] = true;
    }
    return axes.size() == dims.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** Returns the shape as Keras prints it, for example {@code (1, 28, 28, 3)}. */
  @Override
  public String toString() {
    return format(dims);
  }

  private static String format(long[] dims) {
    StringJoiner text = new StringJoiner(", ", "(", dims.length == 1 ? ",)" : ")");
    for (long dim : dims) {
      text.add(Long.toString(dim));
    }
    return text.toString();
  }
}
