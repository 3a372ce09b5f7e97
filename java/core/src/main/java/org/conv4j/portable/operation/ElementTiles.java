package org.conv4j.portable.operation;

import java.util.Arrays;
import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.function.BinaryFunction;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.op.Prelu;
import org.conv4j.op.Scale;
import org.conv4j.portable.rows.Rows;
import org.conv4j.portable.tiles.JavaCosts;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.portable.tiles.Tiles;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Functions of corresponding elements of some operands, each a tensor that is read or a constant,
 * any of them shared along some axes. A tile is a block of neighbouring output elements.
 */
public final class ElementTiles implements Tiles {
  private final BroadcastBlocks broadcast;
  private final DataType dataType;
  private final Function function;
  private final Elementwise activation;

  /** What becomes of blocks of the operands. */
  private interface Function {
    /** Computes the begin of row 0 from the begins of all rows. */
    void apply(Rows blocks, int count);
  }

  private ElementTiles(
      BroadcastBlocks broadcast, DataType dataType, Function function, Elementwise activation) {
    this.broadcast = broadcast;
    this.dataType = dataType;
    this.function = function;
    this.activation = activation;
  }

  public static CompiledOp compile(Binary op, DataType dataType, CompileOptions options) {
    BroadcastBlocks broadcast =
        new BroadcastBlocks(op.output(), List.of(op.left(), op.right()), dataType, List.of());
    return compile(
        op,
        op.function() == BinaryFunction.POWER ? JavaCosts.FUNCTION : cost(op.activation()),
        new ElementTiles(
            broadcast,
            dataType,
            (blocks, count) -> blocks.combine(op.function(), 0, blocks, 1, count),
            op.activation()),
        options);
  }

  public static CompiledOp compile(Eltwise op, DataType dataType, CompileOptions options) {
    BroadcastBlocks broadcast = new BroadcastBlocks(op.output(), op.inputs(), dataType, List.of());
    return compile(
        op,
        cost(op.activation()),
        new ElementTiles(broadcast, dataType, (blocks, count) -> {}, op.activation()),
        options);
  }

  public static CompiledOp compile(
      Scale op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    long[] dims = new long[op.input().rank()];
    Arrays.fill(dims, 1);
    dims[dims.length - 1] = op.input().dim(-1);
    Shape channels = Shape.of(dims);
    BroadcastBlocks broadcast =
        new BroadcastBlocks(
            op.output(), List.of(op.input(), channels, channels), dataType, constants);
    return compile(
        op,
        cost(op.activation()),
        new ElementTiles(
            broadcast,
            dataType,
            (blocks, count) -> blocks.multiplyAdd(0, blocks, 1, blocks, 2, count),
            op.activation()),
        options);
  }

  public static CompiledOp compile(
      Prelu op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    BroadcastBlocks broadcast =
        new BroadcastBlocks(op.output(), List.of(op.input(), op.slopes()), dataType, constants);
    return compile(
        op,
        JavaCosts.SIMPLE_FUNCTION,
        new ElementTiles(
            broadcast,
            dataType,
            (blocks, count) -> blocks.scaleNegative(0, blocks, 1, count),
            Activation.LINEAR),
        options);
  }

  private static long cost(Elementwise activation) {
    boolean simple = activation == Activation.LINEAR || activation instanceof Elementwise.Relu;
    return simple ? JavaCosts.SIMPLE_FUNCTION : JavaCosts.FUNCTION;
  }

  private static CompiledOp compile(Op op, long cost, ElementTiles tiles, CompileOptions options) {
    int threads = Threads.forWork(options, cost * op.output().elementCount());
    return new TiledOp(
        "elements", "java:elements-" + tiles.broadcast, tiles, Math.min(threads, tiles.count()));
  }

  @Override
  public int count() {
    return broadcast.blocks();
  }

  @Override
  public Worker newWorker() {
    Rows blocks = broadcast.newRows();
    Rows scratch = broadcast.newScratch();
    return (tile, inputs, output) -> {
      for (int operand = 0; operand < broadcast.operands(); operand++) {
        broadcast.load(operand, tile, inputs, blocks, scratch);
      }
      int count = broadcast.count(tile);
      function.apply(blocks, count);
      blocks.apply(0, 1, count, activation);
      blocks.write(output, broadcast.first(tile), 0, 0, count);
    };
  }
}
