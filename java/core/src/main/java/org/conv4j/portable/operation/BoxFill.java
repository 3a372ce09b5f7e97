package org.conv4j.portable.operation;

import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;

/** Sets a box of the output to one number, some lines along its last axis at a time. */
final class BoxFill implements Tiles {
  /** About how many elements a tile has at least, if there are as many. */
  private static final int TILE = 4096;

  private final StridedAxes axes;
  private final int to;
  private final int lines;
  private final int line;
  private final int linesPerTile;

  /** How much of a line is written at once. */
  private final int piece;

  /** A piece of a line of the number, which workers share. */
  private final Rows numbers;

  /**
   * Plans a fill.
   *
   * @param axes the box, and how its axes lie in the output, see {@link BoxCopy#OUTPUT}
   * @param to where it starts in the output
   * @param value the number
   * @param dataType its type
   */
  BoxFill(StridedAxes axes, int to, double value, DataType dataType) {
    this.axes = axes;
    this.to = to;
    boolean contiguous = axes.strideFromLast(BoxCopy.OUTPUT, 0) == 1;
    line = contiguous ? axes.extentFromLast(0) : 1;
    lines = axes.countBefore(0) / line;
    linesPerTile = Math.min(lines, 1 + TILE / line);
    piece = Math.min(line, TILE);
    numbers = Rows.allocate(dataType, 1, piece);
    numbers.fill(0, 1, 0, piece, value);
  }

  @Override
  public int count() {
    return (lines + linesPerTile - 1) / linesPerTile;
  }

  @Override
  public Worker newWorker() {
    int lastAxes = line == axes.extentFromLast(0) ? 1 : 0;
    return (tile, inputs, output) -> {
      int end = Math.min(lines, (tile + 1) * linesPerTile);
      for (int i = tile * linesPerTile; i < end; i++) {
        int start = to + axes.offset(BoxCopy.OUTPUT, i, lastAxes);
        for (int at = 0; at < line; at += piece) {
          numbers.write(output, start + at, 0, 0, Math.min(piece, line - at));
        }
      }
    };
  }
}
