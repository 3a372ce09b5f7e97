package org.conv4j.portable;

import java.util.Arrays;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Permute;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A permutation as transpositions of rectangles, whose one side is contiguous in the input and the
 * other in the output.
 */
final class PermuteTiles implements Tiles {
  private static final int INPUT_SIDE = 64;
  private static final int AREA = 1 << 14;

  /** What copying an element costs, in operations of a convolution's speed. */
  private static final int COST = 40;

  private final DataType dataType;
  private final AxisOrder order;
  private final int inputSide;
  private final int outputSide;

  /** By output dimension, how many of its elements a tile covers. */
  private final int[] tile;

  private final int count;

  private PermuteTiles(AxisOrder order, DataType dataType) {
    this.order = order;
    this.dataType = dataType;
    inputSide = order.contiguousInInput();
    outputSide = order.rank() - 1;
    tile = new int[order.rank()];
    Arrays.fill(tile, 1);
    if (inputSide == outputSide) {
      tile[outputSide] = Math.min(order.extents()[outputSide], AREA);
    } else {
      tile[inputSide] = Math.min(order.extents()[inputSide], INPUT_SIDE);
      tile[outputSide] = Math.min(order.extents()[outputSide], AREA / tile[inputSide]);
    }
    int product = 1;
    for (int d = 0; d < order.rank(); d++) {
      product *= parts(d);
    }
    count = product;
  }

  static CompiledOp compile(Permute op, DataType dataType, CompileOptions options) {
    AxisOrder order = AxisOrder.of(op);
    if (order.rank() == 0) {
      order = new AxisOrder(new int[] {1}, new int[] {1});
    }
    PermuteTiles tiles = new PermuteTiles(order, dataType);
    String name = tiles.inputSide == tiles.outputSide ? "copy" : "transpose";
    int threads = Threads.forWork(options, COST * op.input().elementCount());
    return new TiledOp("permute", "java:" + name, tiles, Math.min(threads, tiles.count()));
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Worker newWorker() {
    return new Buffers();
  }

  private int parts(int dimension) {
    return (order.extents()[dimension] + tile[dimension] - 1) / tile[dimension];
  }

  private final class Buffers implements Worker {
    private final int depth = inputSide == outputSide ? 1 : tile[inputSide];
    private final Rows source = Rows.allocate(dataType, 1, depth * tile[outputSide]);
    private final Rows target = Rows.allocate(dataType, depth, tile[outputSide]);

    @Override
    public void run(int number, Tensor input, Tensor output) {
      int rest = number;
      int from = 0;
      int to = 0;
      int rows = 1;
      int columns = 1;
      for (int d = order.rank() - 1; d >= 0; d--) {
        int first = rest % parts(d) * tile[d];
        rest /= parts(d);
        from += first * order.inputStrides()[d];
        to += first * order.outputStride(d);
        if (d == outputSide) {
          columns = Math.min(tile[d], order.extents()[d] - first);
        } else if (d == inputSide) {
          rows = Math.min(tile[d], order.extents()[d] - first);
        }
      }
      if (inputSide == outputSide) {
        source.read(input, from, 0, 0, columns);
        source.write(output, to, 0, 0, columns);
      } else {
        transpose(input, from, output, to, rows, columns);
      }
    }

    private void transpose(Tensor input, int from, Tensor output, int to, int rows, int columns) {
      int step = order.inputStrides()[outputSide];
      if (step == rows) {
        source.read(input, from, 0, 0, rows * columns);
      } else {
        for (int column = 0; column < columns; column++) {
          source.read(input, from + column * step, 0, column * rows, rows);
        }
      }
      target.gather(0, rows, 0, columns, source, 0, 0, rows);
      for (int row = 0; row < rows; row++) {
        target.write(output, to + row * order.outputStride(inputSide), row, 0, columns);
      }
    }
  }
}
