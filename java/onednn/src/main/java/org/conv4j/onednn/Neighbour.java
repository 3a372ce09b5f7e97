package org.conv4j.onednn;

import org.conv4j.engine.ChainedOp;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.tensor.Tensor;

/**
 * A function of each element of the output, in place, that another engine applies: what no kernel
 * here has. Owner of its op.
 *
 * @param eltwise an op that reads and writes the same elements
 * @param engine the name of the other engine
 */
record Neighbour(CompiledOp eltwise, String engine) implements CompiledOp {
  Neighbour(ChainedOp eltwise) {
    this(eltwise.op(), eltwise.engine());
  }

  @Override
  public String kernel() {
    return "activation on " + engine;
  }

  @Override
  public String implementation() {
    return eltwise.implementation();
  }

  @Override
  public int threads() {
    return eltwise.threads();
  }

  @Override
  public long scratchpadBytes() {
    return eltwise.scratchpadBytes();
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    OpRunner runner = eltwise.newRunner(scratchpad);
    Tensor[] operand = new Tensor[1];
    return new OpRunner() {
      @Override
      public void run(Tensor[] inputs, Tensor output) {
        operand[0] = output;
        runner.run(operand, output);
        operand[0] = null;
      }

      @Override
      public void close() {
        runner.close();
      }
    };
  }

  @Override
  public void close() {
    eltwise.close();
  }
}
