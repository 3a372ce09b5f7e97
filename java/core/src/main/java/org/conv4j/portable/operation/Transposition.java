package org.conv4j.portable.operation;

import java.util.Arrays;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A copy of a box as transpositions of rectangles, whose one side is contiguous in the input and
 * the other in the output.
 */
final class Transposition implements Tiles {
  private static final int INPUT_SIDE = 64;
  private static final int AREA = 1 << 14;

  private final BoxCopy copy;
  private final DataType dataType;
  private final int inputSide;
  private final int outputSide;

  /** By axis, how many of its elements a tile covers. */
  private final int[] tile;

  private final int count;

  Transposition(BoxCopy copy, int inputSide, int outputSide, DataType dataType) {
    this.copy = copy;
    this.inputSide = inputSide;
    this.outputSide = outputSide;
    this.dataType = dataType;
    int[] extents = copy.axes().extents();
    tile = new int[extents.length];
    Arrays.fill(tile, 1);
    tile[inputSide] = Math.min(extents[inputSide], INPUT_SIDE);
    tile[outputSide] = Math.min(extents[outputSide], AREA / tile[inputSide]);
    int product = 1;
    for (int axis = 0; axis < extents.length; axis++) {
      product *= parts(axis);
    }
    count = product;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Worker newWorker() {
    return new Buffers();
  }

  private int extent(int axis) {
    return copy.axes().extents()[axis];
  }

  private int stride(int operand, int axis) {
    return copy.axes().strides()[operand][axis];
  }

  private int parts(int axis) {
    return (extent(axis) + tile[axis] - 1) / tile[axis];
  }

  @Override
  public String toString() {
    return "transpose";
  }

  private final class Buffers implements Worker {
    private final Rows source = Rows.allocate(dataType, 1, tile[inputSide] * tile[outputSide]);
    private final Rows target = Rows.allocate(dataType, tile[inputSide], tile[outputSide]);

    @Override
    public void run(int number, Tensor[] inputs, Tensor output) {
      int rest = number;
      int from = copy.from();
      int to = copy.to();
      int rows = 1;
      int columns = 1;
      for (int axis = copy.axes().rank() - 1; axis >= 0; axis--) {
        int first = rest % parts(axis) * tile[axis];
        rest /= parts(axis);
        from += first * stride(BoxCopy.INPUT, axis);
        to += first * stride(BoxCopy.OUTPUT, axis);
        if (axis == outputSide) {
          columns = Math.min(tile[axis], extent(axis) - first);
        } else if (axis == inputSide) {
          rows = Math.min(tile[axis], extent(axis) - first);
        }
      }
      transpose(inputs[copy.operand()], from, output, to, rows, columns);
    }

    private void transpose(Tensor input, int from, Tensor output, int to, int rows, int columns) {
      int step = stride(BoxCopy.INPUT, outputSide);
      if (step == rows) {
        source.read(input, from, 0, 0, rows * columns);
      } else {
        for (int column = 0; column < columns; column++) {
          source.read(input, from + column * step, 0, column * rows, rows);
        }
      }
      target.gather(0, rows, 0, columns, source, 0, 0, rows);
      for (int row = 0; row < rows; row++) {
        target.write(output, to + row * stride(BoxCopy.OUTPUT, inputSide), row, 0, columns);
      }
    }
  }
}
