package org.conv4j.portable.operation;

import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.function.BinaryFunction;
import org.conv4j.op.Normalization;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.JavaCosts;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A normalization, one or several sets of elements at a time, which are read once for the mean,
 * once for the mean square of the distances from it, and once to be scaled.
 */
public final class NormalizationTiles implements Tiles {
  /** About how many elements a tile has at least, if there are as many. */
  private static final int TILE = 1 << 13;

  private final Normalization op;
  private final SetWalk walk;
  private final DataType dataType;

  /** The scale and the shift, 1 and 0 where the op has none. */
  private final Rows parameters;

  private final int groupsPerTile;

  private NormalizationTiles(Normalization op, DataType dataType, List<Tensor> constants) {
    this.op = op;
    this.dataType = dataType;
    walk = new SetWalk(op.input(), op.sets(), op.parameters());
    int count = (int) op.parameters().elementCount();
    parameters = Rows.allocate(dataType, 2, count);
    parameters.fill(0, 1, 0, count, 1);
    if (op.scale()) {
      parameters.read(constants.get(0), 0, 0, 0, count);
    }
    if (op.shift()) {
      parameters.read(constants.get(op.scale() ? 1 : 0), 0, 1, 0, count);
    }
    groupsPerTile = 1 + TILE / (walk.piecesOf() * walk.longestPiece());
  }

  public static CompiledOp compile(
      Normalization op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    NormalizationTiles tiles = new NormalizationTiles(op, dataType, constants);
    int threads = Threads.forWork(options, JavaCosts.NORMALIZATION * op.input().elementCount());
    return new TiledOp(
        "normalization",
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
    return new Buffers();
  }

  private final class Buffers implements Worker {
    private final Rows piece = newRow();
    private final Rows centre = newRow();
    private final Rows size = newRow();
    private final Rows scale = newRow();
    private final Rows shift = newRow();

    private Rows newRow() {
      return Rows.allocate(dataType, 1, walk.longestPiece());
    }

    @Override
    public void run(int tile, Tensor[] inputs, Tensor output) {
      int end = Math.min(walk.groups(), (tile + 1) * groupsPerTile);
      for (int group = tile * groupsPerTile; group < end; group++) {
        measure(group, inputs[0]);
        for (int i = 0; i < walk.piecesOf(); i++) {
          normalize(group, i, inputs[0], output);
        }
      }
    }

    /** Finds what is subtracted from the elements of a group, and what they are divided by. */
    private void measure(int group, Tensor input) {
      int longest = walk.length(group, 0);
      centre.fill(0, 1, 0, longest, 0);
      boolean centred = op.kind() == Normalization.Kind.STANDARD;
      if (centred) {
        for (int i = 0; i < walk.piecesOf(); i++) {
          int length = read(group, i, input);
          centre.combine(BinaryFunction.ADD, 0, piece, 0, length);
        }
        foldToMeans(centre, longest);
      }
      size.fill(0, 1, 0, longest, 0);
      for (int i = 0; i < walk.piecesOf(); i++) {
        int length = read(group, i, input);
        if (centred) {
          piece.combine(BinaryFunction.SUBTRACT, 0, centre, 0, length);
        }
        size.addSquares(0, piece, 0, length);
      }
      foldToMeans(size, longest);
      int sets = walk.oneSet() ? 1 : longest;
      for (int i = 0; i < sets; i++) {
        size.set(0, i, size(size.get(0, i)));
      }
      size.repeat(0, sets, longest);
    }

    private int read(int group, int i, Tensor input) {
      int length = walk.length(group, i);
      piece.read(input, walk.offset(SetWalk.INPUT, group, i), 0, 0, length);
      return length;
    }

    private void foldToMeans(Rows sums, int count) {
      int sets = count;
      if (walk.oneSet()) {
        sums.set(0, 0, sums.fold(BinaryFunction.ADD, 0, count));
        sets = 1;
      }
      for (int i = 0; i < sets; i++) {
        sums.set(0, i, sums.get(0, i) / walk.setSize());
      }
      sums.repeat(0, sets, count);
    }

    private double size(double meanSquare) {
      double size =
          switch (op.kind()) {
            case STANDARD, ROOT_MEAN_SQUARE -> Math.sqrt(meanSquare + op.epsilon());
            case EUCLIDEAN -> Math.max(Math.sqrt(meanSquare * walk.setSize()), op.epsilon());
          };
      // A size that only a small epsilon keeps from zero must not become zero as a float.
      return size > 0 && dataType == DataType.FLOAT32 ? Math.max(size, Float.MIN_VALUE) : size;
    }

    private void normalize(int group, int i, Tensor input, Tensor output) {
      int length = read(group, i, input);
      if (op.kind() == Normalization.Kind.STANDARD) {
        piece.combine(BinaryFunction.SUBTRACT, 0, centre, 0, length);
      }
      piece.combine(BinaryFunction.DIVIDE, 0, size, 0, length);
      if (op.scale() || op.shift()) {
        int from = walk.offset(SetWalk.PARAMETERS, group, i);
        if (walk.hasParameterForEach()) {
          scale.copy(0, 0, parameters, 0, from, length);
          shift.copy(0, 0, parameters, 1, from, length);
        } else {
          scale.fill(0, 1, 0, length, parameters.get(0, from));
          shift.fill(0, 1, 0, length, parameters.get(1, from));
        }
        piece.multiplyAdd(0, scale, 0, shift, 0, length);
      }
      piece.write(output, walk.offset(SetWalk.INPUT, group, i), 0, 0, length);
    }
  }
}
