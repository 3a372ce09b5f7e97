package org.conv4j.onednn;

import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Op;
import org.conv4j.tensor.Tensor;

/**
 * One way to run ops of a kind. The engine keeps ordered lists of them.
 *
 * @param <O> the kind of op
 */
interface KernelCandidate<O extends Op> {
  /** Tells whether this way computes the op, and pays for it. */
  boolean accepts(O op);

  /**
   * Tells whether this way computes the op at all, so that tuning may find out whether it pays on
   * this machine.
   */
  default boolean computes(O op) {
    return accepts(op);
  }

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
