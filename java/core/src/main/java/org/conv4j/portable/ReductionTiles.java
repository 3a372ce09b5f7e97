package org.conv4j.portable;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Binary;
import org.conv4j.op.Reduction;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A reduction, one or several sets of elements at a time. */
final class ReductionTiles implements Tiles {
  /** What taking an element costs, in operations of a convolution's speed. */
  private static final int COST = 30;

  /** About how many elements a tile reads at least, if there are as many. */
  private static final int TILE = 1 << 14;

  private final SetWalk walk;
  private final DataType dataType;
  private final Binary.Function join;

  /** What the joined elements are divided by. */
  private final double divisor;

  private final int groupsPerTile;

  private ReductionTiles(Reduction op, DataType dataType) {
    this.dataType = dataType;
    walk = new SetWalk(op.input(), op.output(), op.output());
    join =
        switch (op.kind()) {
          case SUM, MEAN -> Binary.Function.ADD;
          case MAX -> Binary.Function.MAXIMUM;
          case MIN -> Binary.Function.MINIMUM;
        };
    divisor = op.kind() == Reduction.Kind.MEAN ? walk.setSize() : 1;
    groupsPerTile = 1 + TILE / (walk.piecesOf() * walk.longestPiece());
  }

  static CompiledOp compile(Reduction op, DataType dataType, CompileOptions options) {
    ReductionTiles tiles = new ReductionTiles(op, dataType);
    int threads = Threads.forWork(options, COST * op.input().elementCount());
    return new TiledOp(
        "reduction",
        tiles.walk.oneSet() ? "java:along-lines" : "java:across-lines",
        tiles,
        Math.min(threads, tiles.count()));
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
    int results = longest;
    if (walk.oneSet()) {
      joined.set(0, 0, joined.fold(join, 0, longest));
      results = 1;
    }
    if (divisor != 1) {
      piece.fill(0, 1, 0, results, divisor);
      joined.combine(Binary.Function.DIVIDE, 0, piece, 0, results);
    }
    joined.write(output, walk.offset(SetWalk.SETS, group, 0), 0, 0, results);
  }
}
