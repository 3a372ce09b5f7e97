package org.conv4j.portable;

import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** One way to run convolutions. */
interface ConvolutionKernel {
  /** Tells whether this way computes the op, and pays for it. */
  boolean accepts(Convolution op);

  /** Compiles an op that this accepts. */
  CompiledOp compile(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options);
}
