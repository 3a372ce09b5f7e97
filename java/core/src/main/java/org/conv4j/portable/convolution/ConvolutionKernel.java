package org.conv4j.portable.convolution;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** One way to run convolutions. */
public interface ConvolutionKernel {
  /**
   * Estimates what this way takes for an op, in units of what {@link PixelConvolution} takes for
   * it; nothing if it does not compute it. The way with the least cost is taken.
   */
  OptionalDouble cost(Convolution op);

  /** Compiles an op that this computes. */
  CompiledOp compile(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options);
}
