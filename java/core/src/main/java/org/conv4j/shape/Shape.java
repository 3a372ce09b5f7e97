package org.conv4j.shape;

import java.util.Arrays;
import java.util.StringJoiner;
import org.conv4j.error.ShapeMismatchException;

/**
 * The extents of a tensor, outermost dimension first. Immutable; the number of elements fits a
 * {@code long}.
 *
 * <p>The shape of anything that is computed has extents of at least 1. Two kinds of shapes have
 * others, and come from factories of their own: an {@linkplain #open open} one, of what a layer
 * will return once it is known what the model is given, and an {@linkplain #ofElements empty} one,
 * of a tensor without elements.
 */
public final class Shape {
  /** Stands for an extent that depends on what a model is given: Keras's {@code None}. */
  public static final long UNKNOWN = -1;

  private final long[] dims;

  /** {@link #UNKNOWN} if an extent is. */
  private final long elementCount;

  private Shape(long[] dims, long minimum) {
    this.dims = dims;
    long count = 1;
    boolean known = true;
    for (long dim : dims) {
      if (dim < minimum) {
        throw new ShapeMismatchException(
            "A shape needs extents of at least %d; given %s."
                .formatted(Math.max(0, minimum), format(dims, minimum)));
      }
      known &= dim != UNKNOWN;
      try {
        count = Math.multiplyExact(count, Math.abs(dim));
      } catch (ArithmeticException overflow) {
        throw new ShapeMismatchException(
            "The shape %s has more elements than 64 bits can count."
                .formatted(format(dims, minimum)),
            overflow);
      }
    }
    this.elementCount = known ? count : UNKNOWN;
  }

  /**
   * Returns the shape with the given extents.
   *
   * @param dims extents, outermost first; none for a scalar
   * @return the shape
   * @throws ShapeMismatchException if an extent is below 1 or the element count overflows
   */
  public static Shape of(long... dims) {
    return new Shape(dims.clone(), 1);
  }

  /**
   * Returns the shape with the given extents, of which some may be unknown.
   *
   * @param extents numbers of at least 1, or {@link #UNKNOWN}; outermost first
   * @return the shape
   * @throws ShapeMismatchException if an extent is 0 or negative, or the known ones overflow
   */
  public static Shape open(long... extents) {
    Shape shape = new Shape(extents.clone(), UNKNOWN);
    for (long extent : extents) {
      if (extent == 0) {
        throw new ShapeMismatchException(
            "A shape needs extents of at least 1; given " + shape + ".");
      }
    }
    return shape;
  }

  /**
   * Returns the shape of a tensor that may have no elements, such as a batch of no examples. Ops do
   * not take an {@linkplain #isEmpty empty} one.
   *
   * @param dims extents of at least 0, outermost first
   * @return the shape
   * @throws ShapeMismatchException if an extent is negative or the element count overflows
   */
  public static Shape ofElements(long... dims) {
    return new Shape(dims.clone(), 0);
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
   * Returns whether every extent is known.
   *
   * @return false if one is {@link #UNKNOWN}
   */
  public boolean isKnown() {
    return elementCount != UNKNOWN;
  }

  /**
   * Returns whether a tensor of this shape has no elements.
   *
   * @return true if an extent is 0
   */
  public boolean isEmpty() {
    return elementCount == 0;
  }

  /**
   * Returns one extent, which must be known; {@link #extent} also returns unknown ones.
   *
   * @param axis the dimension; negative values count from the end
   * @return its extent
   * @throws ShapeMismatchException if it is unknown, or there is no such axis
   */
  public long dim(int axis) {
    long extent = extent(axis);
    if (extent == UNKNOWN) {
      throw new ShapeMismatchException(
          "The extent of axis %d of %s is not known.".formatted(axis, this));
    }
    return extent;
  }

  /**
   * Returns one extent.
   *
   * @param axis the dimension; negative values count from the end
   * @return its extent, or {@link #UNKNOWN}
   * @throws ShapeMismatchException if there is no such axis
   */
  public long extent(int axis) {
    int place = axis < 0 ? dims.length + axis : axis;
    if (place < 0 || place >= dims.length) {
      throw new ShapeMismatchException("The shape %s has no axis %d.".formatted(this, axis));
    }
    return dims[place];
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
   * @param extent its new extent, which may be {@link #UNKNOWN}
   * @return a changed copy
   */
  public Shape withDim(int axis, long extent) {
    long[] changed = dims.clone();
    changed[axis] = extent;
    return open(changed);
  }

  /**
   * Returns the extents, which must be known; {@link #extents} also returns unknown ones.
   *
   * @return a copy
   * @throws ShapeMismatchException if one is unknown
   */
  public long[] toArray() {
    requireKnown();
    return dims.clone();
  }

  /**
   * Returns the extents.
   *
   * @return a copy, with {@link #UNKNOWN} where they are
   */
  public long[] extents() {
    return dims.clone();
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of the extents, 1 for a scalar
   * @throws ShapeMismatchException if an extent is unknown
   */
  public long elementCount() {
    requireKnown();
    return elementCount;
  }

  private void requireKnown() {
    if (elementCount == UNKNOWN) {
      throw new ShapeMismatchException("The extents of " + this + " are not all known.");
    }
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
    return new Shape(permuted, UNKNOWN);
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

  /** Returns the shape as Keras prints it, for example {@code (None, 28, 28, 3)}. */
  @Override
  public String toString() {
    return format(dims, UNKNOWN);
  }

  /** Where extents must be known, what stands for an unknown one is a wrong number. */
  private static String format(long[] dims, long minimum) {
    StringJoiner text = new StringJoiner(", ", "(", dims.length == 1 ? ",)" : ")");
    for (long dim : dims) {
      text.add(minimum == UNKNOWN && dim == UNKNOWN ? "None" : Long.toString(dim));
    }
    return text.toString();
  }
}
