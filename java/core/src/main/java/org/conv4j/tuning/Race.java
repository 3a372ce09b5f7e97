package org.conv4j.tuning;

import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Op;
import org.conv4j.tensor.DataType;

/** Finds the fastest of several ways to run an op. */
interface Race {
  /**
   * Runs them.
   *
   * @param contenders the op, compiled in different ways, the one preferred without timing first
   * @param op what all of them compute
   * @param dataType the type of its tensors
   * @return the position of the fastest
   */
  int winner(List<CompiledOp> contenders, Op op, DataType dataType);
}
