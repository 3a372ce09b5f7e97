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
 * Depthwise convolutions of multiplier 1, with vectors of neighbouring pixels of all channels, as
 * they lie in memory. The weights are repeated for each pixel of a vector.
 */
public final class DepthwiseConvolution implements ConvolutionKernel {
  private static final String NAME = "depthwise";

  @Override
  public OptionalDouble cost(Convolution op) {
    if (!op.isDepthwise() || op.filtersPerGroup() > 1) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(JavaCosts.depthwise(op.groups()));
  }

  @Override
  public CompiledOp compile(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    int threads = Threads.forWork(options, JavaCosts.DEPTHWISE * op.flops());
    DepthwiseTiles tiles =
        new DepthwiseTiles(
            Geometry.of(op),
            dataType,
            KernelValues.of(op, constants),
            op.activation(),
            op.residual(),
            threads);
    return new TiledOp(
        NAME,
        "java:%s-%dx%d".formatted(NAME, tiles.tileRows, tiles.tileColumns),
        tiles,
        Math.min(threads, tiles.count()));
  }
}
