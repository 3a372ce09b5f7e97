package org.conv4j.shape;

import java.util.Arrays;
import org.conv4j.error.InvalidLayerException;

/**
 * A box of a tensor's elements: along each axis, those from one index up to, but without, another.
 * It may be empty. Immutable.
 */
public final class Region {
  private final long[] begin;
  private final long[] end;

  private Region(long[] begin, long[] end) {
    this.begin = begin;
    this.end = end;
  }

  /**
   * Returns all elements of a tensor.
   *
   * @param shape its shape
   * @return the whole of it
   */
  public static Region of(Shape shape) {
    return new Region(new long[shape.rank()], shape.toArray());
  }

  /**
   * Sets the elements along an axis.
   *
   * @param axis the axis, counted from 0
   * @param from the first index, at least 0
   * @param to the index after the last one, at least {@code from}
   * @return a changed copy
   * @throws InvalidLayerException if there are no such elements
   */
  public Region with(int axis, long from, long to) {
    if (axis < 0 || axis >= rank() || from < 0 || to < from) {
      throw new InvalidLayerException(
          "A region of %d axes has elements from 0 on along each; given those from %d to %d of axis %d."
              .formatted(rank(), from, to, axis));
    }
    Region copy = new Region(begin.clone(), end.clone());
    copy.begin[axis] = from;
    copy.end[axis] = to;
    return copy;
  }

  /**
   * Sets the elements along an axis, those outside of a tensor left out.
   *
   * @param axis the axis, counted from 0
   * @param from the first index, perhaps below 0
   * @param to the index after the last one, perhaps beyond the tensor
   * @param extent the tensor's extent along the axis
   * @return a changed copy, empty if all of them are outside
   */
  public Region within(int axis, long from, long to, long extent) {
    long first = Math.max(0, Math.min(from, extent));
    return with(axis, first, Math.max(first, Math.min(to, extent)));
  }

  /**
   * Returns the number of axes.
   *
   * @return the rank
   */
  public int rank() {
    return begin.length;
  }

  /**
   * Returns where it begins.
   *
   * @param axis the axis, counted from 0
   * @return the first index
   */
  public long begin(int axis) {
    return begin[axis];
  }

  /**
   * Returns where it ends.
   *
   * @param axis the axis, counted from 0
   * @return the index after the last one
   */
  public long end(int axis) {
    return end[axis];
  }

  /**
   * Returns how long it is.
   *
   * @param axis the axis, counted from 0
   * @return the number of elements along the axis
   */
  public long extent(int axis) {
    return end[axis] - begin[axis];
  }

  /**
   * Returns whether it holds all elements of a tensor along an axis.
   *
   * @param axis the axis, counted from 0
   * @param shape the tensor's shape
   * @return true if so
   */
  public boolean isWhole(int axis, Shape shape) {
    return begin[axis] == 0 && end[axis] == shape.dim(axis);
  }

  /**
   * Returns whether it holds nothing.
   *
   * @return true if its extent along some axis is 0
   */
  public boolean isEmpty() {
    return shape().isEmpty();
  }

  /**
   * Returns the shape of a tensor that holds its elements and no others.
   *
   * @return the extents
   */
  public Shape shape() {
    long[] extents = new long[rank()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = extent(axis);
    }
    return Shape.ofElements(extents);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Region region
        && Arrays.equals(begin, region.begin)
        && Arrays.equals(end, region.end);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(begin) + Arrays.hashCode(end);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int axis = 0; axis < rank(); axis++) {
      text.append(axis == 0 ? "" : ", ").append(begin[axis]).append(':').append(end[axis]);
    }
    return text.append(']').toString();
  }
}
