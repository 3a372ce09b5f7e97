package org.conv4j.reference.index;

import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Where each element of a tensor, counted in row-major order, lies in another row-major array.
 *
 * @param extents the tensor's extents
 * @param first where its first element lies
 * @param strides for each axis, how far a step along it moves in the array
 */
public record StridedWalk(int[] extents, int first, int[] strides) {
  /** A walk over all elements of a tensor in a part of an array, or in one with axes reordered. */
  public static StridedWalk of(Shape tensor, int first, int... strides) {
    int[] extents = new int[tensor.rank()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = tensor.intDim(axis);
    }
    return new StridedWalk(extents, first, strides);
  }

  /** A walk that stays on the same element along every axis on which the array has extent 1. */
  public static StridedWalk broadcast(Shape tensor, Shape array) {
    int[] strides = stridesOf(array);
    for (int axis = 0; axis < strides.length; axis++) {
      if (array.dim(axis) == 1) {
        strides[axis] = 0;
      }
    }
    return of(tensor, 0, strides);
  }

  /** How far a step along each axis moves in a dense array. */
  public static int[] stridesOf(Shape array) {
    int[] strides = new int[array.rank()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= array.intDim(axis);
    }
    return strides;
  }

  /** Where an element lies of which the place along each axis is known. */
  public static int position(IntTuple place, int[] strides) {
    int position = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      position += place.get(axis) * strides[axis];
    }
    return position;
  }

  /** The number of elements. */
  public int count() {
    int count = 1;
    for (int extent : extents) {
      count *= extent;
    }
    return count;
  }

  /** Where an element lies. */
  public int at(int element) {
    int rest = element;
    int position = first;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      position += rest % extents[axis] * strides[axis];
      rest /= extents[axis];
    }
    return position;
  }
}
