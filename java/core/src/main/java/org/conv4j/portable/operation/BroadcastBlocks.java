package org.conv4j.portable.operation;

import java.util.List;
import org.conv4j.portable.rows.Rows;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The elements of some operands that correspond to each block of neighbouring output elements. The
 * first operands are tensors that are read, the last ones constants. Immutable.
 *
 * <p>A block is part of a line along the last of the merged axes, or several whole lines of the
 * last two.
 */
final class BroadcastBlocks {
  /** About how many elements a block has, so that those of three operands stay in the cache. */
  private static final int BLOCK = 4096;

  /** The output's strides come first, then the operands'. */
  private static final int OUTPUT = 0;

  private final StridedAxes axes;
  private final DataType dataType;
  private final int operands;
  private final int firstConstant;

  /** A row for each constant. */
  private final Rows[] constants;

  /** The length of a line. */
  private final int line;

  /** The lines of the last two axes. */
  private final int lines;

  private final int blockLine;
  private final int blockLines;
  private final int partsOfLine;
  private final int partsOfLines;

  BroadcastBlocks(Shape output, List<Shape> operands, DataType dataType, List<Tensor> constants) {
    this.dataType = dataType;
    this.operands = operands.size();
    this.firstConstant = operands.size() - constants.size();
    int[][] strides = new int[1 + operands.size()][];
    strides[OUTPUT] = StridedAxes.dense(output);
    for (int operand = 0; operand < operands.size(); operand++) {
      strides[1 + operand] = StridedAxes.shared(operands.get(operand));
    }
    axes = StridedAxes.merged(output, strides);
    this.constants = new Rows[constants.size()];
    for (int i = 0; i < this.constants.length; i++) {
      int count = (int) constants.get(i).shape().elementCount();
      this.constants[i] = Rows.allocate(dataType, 1, count);
      this.constants[i].read(constants.get(i), 0, 0, 0, count);
    }
    line = axes.extentFromLast(0);
    lines = axes.extentFromLast(1);
    blockLine = Math.min(line, BLOCK);
    blockLines = blockLine < line ? 1 : Math.min(lines, Math.max(1, BLOCK / line));
    partsOfLine = ceilDiv(line, blockLine);
    partsOfLines = ceilDiv(lines, blockLines);
  }

  int operands() {
    return operands;
  }

  int blocks() {
    return axes.countBefore(2) * partsOfLines * partsOfLine;
  }

  Rows newRows() {
    return Rows.allocate(dataType, operands, blockLines * blockLine);
  }

  /** A row for {@link #load} to work with. */
  Rows newScratch() {
    return Rows.allocate(dataType, 1, blockLines);
  }

  private int firstElement(int block) {
    return block % partsOfLine * blockLine;
  }

  private int firstLine(int block) {
    return block / partsOfLine % partsOfLines * blockLines;
  }

  private int elementsOfLine(int block) {
    return Math.min(blockLine, line - firstElement(block));
  }

  private int linesOf(int block) {
    return Math.min(blockLines, lines - firstLine(block));
  }

  /** The number of elements in a block. */
  int count(int block) {
    return linesOf(block) * elementsOfLine(block);
  }

  /** Where a block starts in the output. */
  int first(int block) {
    return offset(OUTPUT, block);
  }

  private int offset(int operand, int block) {
    return axes.offset(operand, block / (partsOfLine * partsOfLines), 2)
        + firstLine(block) * axes.strideFromLast(operand, 1)
        + firstElement(block) * axes.strideFromLast(operand, 0);
  }

  /**
   * Gets the elements of an operand that correspond to a block.
   *
   * @param operand which, and the row that receives them
   * @param block which
   * @param inputs the tensors that are read
   * @param target receives the elements
   * @param scratch is overwritten
   */
  void load(int operand, int block, Tensor[] inputs, Rows target, Rows scratch) {
    int from = offset(1 + operand, block);
    int count = elementsOfLine(block);
    int times = linesOf(block);
    int step = axes.strideFromLast(1 + operand, 1);
    if (axes.strideFromLast(1 + operand, 0) == 0) {
      loadShared(operand, from, step, count, times, inputs, target, scratch);
    } else if (step == 0) {
      read(operand, inputs, from, target, operand, 0, count);
      target.repeat(operand, count, count * times);
    } else if (step == count) {
      read(operand, inputs, from, target, operand, 0, count * times);
    } else {
      for (int i = 0; i < times; i++) {
        read(operand, inputs, from + i * step, target, operand, i * count, count);
      }
    }
  }

  /** Gets one element for each line. */
  private void loadShared(
      int operand,
      int from,
      int step,
      int count,
      int times,
      Tensor[] inputs,
      Rows target,
      Rows scratch) {
    if (step == 1) {
      read(operand, inputs, from, scratch, 0, 0, times);
    } else {
      for (int i = 0; i < times; i++) {
        read(operand, inputs, from + i * step, scratch, 0, i, 1);
      }
    }
    target.spread(operand, scratch, 0, times, count);
  }

  private void read(
      int operand, Tensor[] inputs, int from, Rows target, int row, int at, int count) {
    if (operand < firstConstant) {
      target.read(inputs[operand], from, row, at, count);
    } else {
      target.copy(row, at, constants[operand - firstConstant], 0, from, count);
    }
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  @Override
  public String toString() {
    return blockLines + "x" + blockLine;
  }
}
