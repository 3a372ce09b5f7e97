package org.conv4j.portable.convolution;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.portable.tiles.JavaCosts;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Convolutions of small images to many filters, with vectors of neighbouring filters of one pixel,
 * which is how tensors lie in memory. Vectors of pixels would be short.
 */
public final class FilterConvolution implements ConvolutionKernel {
  private static final String NAME = "filters";

  @Override
  public OptionalDouble cost(Convolution op) {
    long width = op.output().dim(-2);
    long height = op.window().rank() == 1 ? 1 : op.output().dim(-3);
    return OptionalDouble.of(JavaCosts.filters(height * width, op.filtersPerGroup()));
  }

  @Override
  public CompiledOp compile(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    int threads = Threads.forWork(options, op.flops());
    FilterTiles tiles =
        new FilterTiles(
            Geometry.of(op),
            dataType,
            KernelValues.of(op, constants),
            op.activation(),
            op.residual(),
            threads);
    return new TiledOp(
        NAME,
        "java:%s-%dx%d".formatted(NAME, tiles.pixelsPerTile, tiles.filtersPerTile),
        tiles,
        Math.min(threads, tiles.count()));
  }
}
