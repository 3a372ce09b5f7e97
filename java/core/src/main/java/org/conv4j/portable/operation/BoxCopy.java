package org.conv4j.portable.operation;

import org.conv4j.portable.tiles.Tiles;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;

/**
 * A copy of a box of elements from one place to another.
 *
 * @param axes the box, and how its axes lie in the input and in the output
 * @param operand which input is copied
 * @param from where the box starts in the input
 * @param to where it starts in the output
 */
record BoxCopy(StridedAxes axes, int operand, int from, int to) {
  static final int INPUT = 0;
  static final int OUTPUT = 1;

  static BoxCopy of(
      Shape box, int operand, int from, int[] inputStrides, int to, int[] outputStrides) {
    return new BoxCopy(StridedAxes.merged(box, inputStrides, outputStrides), operand, from, to);
  }

  /** The tiles of the way that pays for how the box lies. */
  Tiles tiles(DataType dataType) {
    int input = contiguous(INPUT);
    int output = contiguous(OUTPUT);
    return input >= 0 && output >= 0 && input != output
        ? new Transposition(this, input, output, dataType)
        : new LineCopy(this, dataType);
  }

  /** The axis along which an operand's elements are neighbours, or -1. */
  private int contiguous(int operandOfAxes) {
    for (int axis = axes.rank() - 1; axis >= 0; axis--) {
      if (axes.strides()[operandOfAxes][axis] == 1) {
        return axis;
      }
    }
    return -1;
  }
}
