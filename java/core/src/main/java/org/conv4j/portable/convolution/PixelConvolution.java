package org.conv4j.portable.convolution;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.portable.tiles.Threads;
import org.conv4j.portable.tiles.TiledOp;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Any convolution, with vectors of neighbouring pixels of one channel. The input is split into
 * channels and the output is put together from filters, which costs about as much as multiplying
 * with a dozen filters would.
 */
public final class PixelConvolution implements ConvolutionKernel {
  private static final String NAME = "pixels";

  @Override
  public OptionalDouble cost(Convolution op) {
    return OptionalDouble.of(1);
  }

  @Override
  public CompiledOp compile(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return compile(
        Geometry.of(op),
        dataType,
        KernelValues.of(op, constants),
        op.activation(),
        op.residual(),
        Threads.forWork(options, op.flops()));
  }

  /** Compiles a transposed convolution as ordinary ones, one for each residue of the strides. */
  public static CompiledOp compile(
      Deconvolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return compile(
        Geometry.of(op),
        dataType,
        KernelValues.of(op, constants),
        op.activation(),
        false,
        Threads.forWork(options, op.flops()));
  }

  private static CompiledOp compile(
      Geometry geometry,
      DataType dataType,
      KernelValues kernel,
      Elementwise activation,
      boolean residual,
      int threads) {
    PixelTiles tiles = new PixelTiles(geometry, dataType, kernel, activation, residual, threads);
    PixelPass pass = tiles.passes.get(0);
    String implementation =
        "java:%s-%dx%d".formatted(NAME, pass.tileRows, pass.tileColumns)
            + (tiles.passes.size() > 1 ? "-residues" : "");
    return new TiledOp(NAME, implementation, tiles, Math.min(threads, tiles.count()));
  }
}
