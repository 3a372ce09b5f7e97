package org.conv4j.portable.operation;

import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A copy of a box, some lines along its last axis at a time. The elements of a line need not be
 * neighbours.
 */
final class LineCopy implements Tiles {
  /** About how many elements a tile has at least, if there are as many. */
  private static final int TILE = 4096;

  /** How long the part of the input may be that a piece of a line is picked from. */
  private static final int SPAN = 1 << 14;

  private final BoxCopy copy;
  private final DataType dataType;
  private final int lines;
  private final int inputStep;
  private final int outputStep;

  /** The elements that are copied at once, all of a line or a part of it. */
  private final int piece;

  private final int pieces;

  /** How many pieces a tile has. */
  private final int piecesPerTile;

  LineCopy(BoxCopy copy, DataType dataType) {
    this.copy = copy;
    this.dataType = dataType;
    StridedAxes axes = copy.axes();
    int line = axes.extentFromLast(0);
    lines = axes.countBefore(1);
    inputStep = axes.rank() == 0 ? 1 : axes.strideFromLast(BoxCopy.INPUT, 0);
    outputStep = axes.rank() == 0 ? 1 : axes.strideFromLast(BoxCopy.OUTPUT, 0);
    piece = Math.min(line, Math.max(1, SPAN / Math.max(1, Math.abs(inputStep))));
    pieces = ceilDiv(line, piece);
    piecesPerTile = Math.min(lines * pieces, 1 + TILE / piece);
  }

  @Override
  public int count() {
    return ceilDiv(lines * pieces, piecesPerTile);
  }

  @Override
  public Worker newWorker() {
    Rows span = Rows.allocate(dataType, 1, (piece - 1) * Math.abs(inputStep) + 1);
    Rows target = Rows.allocate(dataType, 1, piece);
    return (tile, inputs, output) -> {
      int end = Math.min(lines * pieces, (tile + 1) * piecesPerTile);
      for (int i = tile * piecesPerTile; i < end; i++) {
        copy(i / pieces, i % pieces * piece, inputs[copy.operand()], span, target, output);
      }
    };
  }

  private void copy(int line, int first, Tensor input, Rows span, Rows target, Tensor output) {
    StridedAxes axes = copy.axes();
    int count = Math.min(piece, axes.extentFromLast(0) - first);
    int from = copy.from() + axes.offset(BoxCopy.INPUT, line, 1) + first * inputStep;
    int to = copy.to() + axes.offset(BoxCopy.OUTPUT, line, 1) + first * outputStep;
    if (inputStep == 1) {
      target.read(input, from, 0, 0, count);
    } else {
      int length = (count - 1) * Math.abs(inputStep);
      span.read(input, inputStep > 0 ? from : from - length, 0, 0, length + 1);
      target.gather(0, 1, 0, count, span, 0, inputStep > 0 ? 0 : length, inputStep);
    }
    if (outputStep == 1) {
      target.write(output, to, 0, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        target.write(output, to + i * outputStep, 0, i, 1);
      }
    }
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  @Override
  public String toString() {
    return "lines-" + piece;
  }
}
