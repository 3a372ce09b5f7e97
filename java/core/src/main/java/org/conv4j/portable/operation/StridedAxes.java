package org.conv4j.portable.operation;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.shape.Shape;

/**
 * The axes of a box of elements, and how far a step along each of them moves in some operands; in
 * the simplest form: without axes of extent 1, and with neighbours merged along which all operands
 * move as along one.
 *
 * @param extents by axis
 * @param strides by operand and axis; 0 where all elements along an axis share one
 */
record StridedAxes(int[] extents, int[][] strides) {
  /**
   * Simplifies.
   *
   * @param box the extents before merging
   * @param strides by operand, then by axis of the box
   */
  static StridedAxes merged(Shape box, int[]... strides) {
    List<Integer> ends = new ArrayList<>();
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < box.rank(); axis++) {
      int extent = box.intDim(axis);
      if (extent == 1) {
        continue;
      }
      int last = ends.size() - 1;
      if (last >= 0 && continues(strides, ends.get(last), axis, extent)) {
        ends.set(last, axis);
        extents.set(last, extents.get(last) * extent);
      } else {
        ends.add(axis);
        extents.add(extent);
      }
    }
    int[][] kept = new int[strides.length][];
    for (int operand = 0; operand < strides.length; operand++) {
      int[] all = strides[operand];
      kept[operand] = ends.stream().mapToInt(axis -> all[axis]).toArray();
    }
    return new StridedAxes(extents.stream().mapToInt(Integer::intValue).toArray(), kept);
  }

  private static boolean continues(int[][] strides, int outer, int inner, int extent) {
    for (int[] operand : strides) {
      if (operand[outer] != extent * operand[inner]) {
        return false;
      }
    }
    return true;
  }

  /** How far a step along each axis moves in a dense tensor. */
  static int[] dense(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.intDim(axis);
    }
    return strides;
  }

  /** The same for a tensor whose elements are shared along the axes of extent 1. */
  static int[] shared(Shape shape) {
    int[] strides = dense(shape);
    for (int axis = 0; axis < strides.length; axis++) {
      if (shape.dim(axis) == 1) {
        strides[axis] = 0;
      }
    }
    return strides;
  }

  int rank() {
    return extents.length;
  }

  /** The extent of an axis counted from the last, 0; 1 where there is none. */
  int extentFromLast(int axis) {
    return axis < rank() ? extents[rank() - 1 - axis] : 1;
  }

  /** The stride along an axis counted from the last, 0; 0 where there is none. */
  int strideFromLast(int operand, int axis) {
    return axis < rank() ? strides[operand][rank() - 1 - axis] : 0;
  }

  /** The number of elements of the box without some of its last axes. */
  int countBefore(int lastAxes) {
    int count = 1;
    for (int axis = 0; axis < rank() - lastAxes; axis++) {
      count *= extents[axis];
    }
    return count;
  }

  /** Where an operand has an element of the box without its last axes, counted in row order. */
  int offset(int operand, int element, int lastAxes) {
    int rest = element;
    int offset = 0;
    for (int axis = rank() - lastAxes - 1; axis >= 0; axis--) {
      offset += rest % extents[axis] * strides[operand][axis];
      rest /= extents[axis];
    }
    return offset;
  }

  /** The axes along which an operand moves, or those along which it does not. */
  StridedAxes along(int operand, boolean moves) {
    List<Integer> chosen = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      if (strides[operand][axis] != 0 == moves) {
        chosen.add(axis);
      }
    }
    int[][] kept = new int[strides.length][];
    for (int other = 0; other < kept.length; other++) {
      int[] all = strides[other];
      kept[other] = chosen.stream().mapToInt(axis -> all[axis]).toArray();
    }
    return new StridedAxes(chosen.stream().mapToInt(axis -> extents[axis]).toArray(), kept);
  }
}
