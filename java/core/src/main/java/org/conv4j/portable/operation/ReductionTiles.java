package org.conv4j.portable.operation;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.op.Reduction;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.JavaCosts;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A reduction, one or several sets of elements at a time. */
public final class ReductionTiles implements Tiles {
  /** About how many elements a tile reads at least, if there are as many. */
  private static final int TILE = 1 << 14;

  /** How many short lines are read as one long line, whose parts are joined at the end. */
  private final int together;

  private final SetWalk walk;
  private final DataType dataType;
  private final BinaryFunction join;

  /** What the joined elements are divided by. */
  private final double divisor;

  private final int groupsPerTile;

  private ReductionTiles(Reduction op, DataType dataType) {
    this.dataType = dataType;
    Shape input = op.input();
    Shape sets = op.output();
    together = linesTogether(op);
    if (together > 1) {
      long inner = extent(input, op.axes().get(op.axes().size() - 1) + 1, input.rank());
      long outer = extent(input, 0, op.axes().get(0));
      long longer = together * inner;
      input = Shape.of(outer, input.elementCount() / outer / longer, longer);
      sets = Shape.of(outer, 1, longer);
    }
    walk = new SetWalk(input, sets, sets);
    join =
        switch (op.kind()) {
          case SUM, MEAN -> BinaryFunction.ADD;
          case MAX -> BinaryFunction.MAXIMUM;
          case MIN -> BinaryFunction.MINIMUM;
        };
    divisor = op.kind() == ReductionKind.MEAN ? (double) walk.setSize() * together : 1;
    groupsPerTile = 1 + TILE / (walk.piecesOf() * walk.longestPiece());
  }

  public static CompiledOp compile(Reduction op, DataType dataType, CompileOptions options) {
    ReductionTiles tiles = new ReductionTiles(op, dataType);
    int threads = Threads.forWork(options, JavaCosts.REDUCTION * op.input().elementCount());
    return new TiledOp(
        "reduction",
        tiles.walk.oneSet() ? "java:along-lines" : "java:across-lines",
        tiles,
        Math.min(threads, tiles.count()));
  }

  /**
   * The most that the lines can be divided by, if the axes are neighbours and not the last ones, so
   * that a long line is one piece and there are still several.
   */
  private static int linesTogether(Reduction op) {
    IntTuple axes = op.axes();
    int end = axes.get(axes.size() - 1) + 1;
    long line = extent(op.input(), end, op.input().rank());
    if (line == 1 || end - axes.get(0) != axes.size()) {
      return 1;
    }
    long lines = extent(op.input(), axes.get(0), end);
    int most = (int) Math.max(1, Math.min(lines / 2, SetWalk.PIECE / line));
    while (lines % most != 0) {
      most--;
    }
    return most;
  }

  private static long extent(Shape shape, int from, int to) {
    long extent = 1;
    for (int axis = from; axis < to; axis++) {
      extent *= shape.dim(axis);
    }
    return extent;
  }

  @Override
  public int count() {
    return (walk.groups() + groupsPerTile - 1) / groupsPerTile;
  }

  @Override
  public Worker newWorker() {
    Rows joined = Rows.allocate(dataType, 1, walk.longestPiece());
    Rows piece = Rows.allocate(dataType, 1, walk.longestPiece());
    return (tile, inputs, output) -> {
      int end = Math.min(walk.groups(), (tile + 1) * groupsPerTile);
      for (int group = tile * groupsPerTile; group < end; group++) {
        reduce(group, inputs[0], joined, piece, output);
      }
    };
  }

  private void reduce(int group, Tensor input, Rows joined, Rows piece, Tensor output) {
    int longest = walk.length(group, 0);
    joined.read(input, walk.offset(SetWalk.INPUT, group, 0), 0, 0, longest);
    for (int i = 1; i < walk.piecesOf(); i++) {
      int length = walk.length(group, i);
      piece.read(input, walk.offset(SetWalk.INPUT, group, i), 0, 0, length);
      joined.combine(join, 0, piece, 0, length);
    }
    int results = longest / together;
    for (int lines = together; lines > 1; lines -= lines / 2) {
      int upper = lines / 2 * results;
      piece.copy(0, 0, joined, 0, lines * results - upper, upper);
      joined.combine(join, 0, piece, 0, upper);
    }
    if (walk.oneSet()) {
      joined.set(0, 0, joined.fold(join, 0, longest));
      results = 1;
    }
    if (divisor != 1) {
      piece.fill(0, 1, 0, results, divisor);
      joined.combine(BinaryFunction.DIVIDE, 0, piece, 0, results);
    }
    joined.write(output, walk.offset(SetWalk.SETS, group, 0) / together, 0, 0, results);
  }
}
