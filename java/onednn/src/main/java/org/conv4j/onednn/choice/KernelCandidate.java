package org.conv4j.onednn.choice;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.op.Op;
import org.conv4j.tensor.Tensor;

/**
 * One way to run ops of a kind. {@link Kernels} takes the one with the least cost.
 *
 * @param <O> the kind of op
 */
public interface KernelCandidate<O extends Op> {
  /**
   * Estimates what this way takes for an op, in units of what oneDNN's direct primitive takes for
   * the same op, or in float64, which that lacks, of what our general kernel takes. The numbers are
   * measured ones, from the machine's {@link ConvolutionCosts} or {@link DeconvolutionCosts}.
   *
   * @param op the op
   * @param machine the processor, with the vectors that our kernels use
   * @param threads how many threads will run it
   * @return the cost; nothing if this way does not compute the op at all
   */
  OptionalDouble cost(O op, Machine machine, int threads);

  /**
   * Tells whether nothing but the order of additions sets this way apart from the definition, as
   * {@link CompileOptions#exact} asks for.
   */
  default boolean isExact() {
    return true;
  }

  /** Returns the name under which tuning remembers this way. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** Compiles an op that this computes. */
  CompiledOp compile(O op, List<Tensor> constants);
}
