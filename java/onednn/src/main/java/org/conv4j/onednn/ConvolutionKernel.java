package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.Tensor;

/** One way to run convolutions with oneDNN. */
interface ConvolutionKernel {
  /** Tells whether this way computes the op, and pays for it. */
  boolean accepts(Convolution op);

  /**
   * Tells whether nothing but the order of additions sets this way apart from the definition, as
   * {@link CompileOptions#exact} asks for.
   */
  default boolean isExact() {
    return true;
  }

  /** Compiles an op that this accepts. */
  CompiledOp compile(Convolution op, List<Tensor> constants);
}
