package org.conv4j.portable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.HeldConstants;
import org.conv4j.engine.OpTypes;
import org.conv4j.op.Convolution;
import org.conv4j.op.Op;
import org.conv4j.portable.convolution.ConvolutionKernel;
import org.conv4j.portable.convolution.DepthwiseConvolution;
import org.conv4j.portable.convolution.FilterConvolution;
import org.conv4j.portable.convolution.PixelConvolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Runs ops on plain Java that HotSpot vectorises. float32 and float64, always available.
 *
 * <p>By default a session uses as many threads as there are processors, in THROUGHPUT mode one; ops
 * that are too small to gain from a second thread stay on the caller's.
 */
public final class JavaEngine implements Engine {
  /** The name that users select it by. */
  public static final String NAME = "java";

  /** The first of those with the least cost runs a convolution. */
  private static final List<ConvolutionKernel> CONVOLUTIONS =
      List.of(new DepthwiseConvolution(), new FilterConvolution(), new PixelConvolution());

  /** Creates the engine; {@link org.conv4j.engine.Engines} does so. */
  public JavaEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Set<DataType> dataTypes() {
    return Set.of(DataType.FLOAT32, DataType.FLOAT64);
  }

  @Override
  public boolean runsParts() {
    return true;
  }

  @Override
  public Compilation compile(
      Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest) {
    try (HeldConstants held = HeldConstants.of(op, types, constants)) {
      Optional<String> reason = types.unknownOrMixed(dataTypes());
      if (reason.isPresent()) {
        return Compilation.declined(reason.get());
      }
      DataType dataType = types.output().dataType();
      return Compilation.of(op.accept(new Compiler(dataType, held.tensors(), options)));
    }
  }

  /** The first kernel that accepts a convolution runs it. */
  static CompiledOp first(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return cheapest(op).compile(op, dataType, constants, options);
  }

  /** The last of the kernels computes any convolution. */
  private static ConvolutionKernel cheapest(Convolution op) {
    ConvolutionKernel cheapest = null;
    double least = Double.POSITIVE_INFINITY;
    for (ConvolutionKernel kernel : CONVOLUTIONS) {
      double cost = kernel.cost(op).orElse(Double.POSITIVE_INFINITY);
      if (cost < least) {
        cheapest = kernel;
        least = cost;
      }
    }
    return cheapest;
  }
}
