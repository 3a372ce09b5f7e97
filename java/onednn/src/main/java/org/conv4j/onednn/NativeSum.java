package org.conv4j.onednn;

import java.lang.ref.Reference;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Memory;
import org.conv4j.tensor.Tensor;

/**
 * The sum of what the output holds and a convolution's second input, in place, in float64. Owner of
 * its description.
 */
final class NativeSum implements CompiledOp {
  private final Memory problem;
  private final long problemAddress;
  private final long bytes;

  private NativeSum(Convolution op) {
    problem = NativeProblem.of(op, NativeThreads.get());
    problemAddress = Address.of(problem).address();
    bytes = op.output().elementCount() * DataType.FLOAT64.bytes();
  }

  /** Compiles the sum and the function after it for as many threads as the calling thread has. */
  static CompiledOp compile(Convolution op) {
    NativeSum sum = new NativeSum(op);
    return NativeProblem.applies(op.activation())
        ? sum
        : Activator.add(sum, op.output(), DataType.FLOAT64, op.activation());
  }

  @Override
  public String kernel() {
    return "native-sum";
  }

  @Override
  public String implementation() {
    return NativeKernel.instructions();
  }

  @Override
  public long scratchpadBytes() {
    return 0;
  }

  @Override
  public OpRunner newRunner(Memory scratchpad) {
    return new OpRunner() {
      @Override
      public void run(Tensor[] inputs, Tensor output) {
        long from = Address.of(inputs[1]);
        long to = Address.of(output);
        Address.requireDisjoint(from, bytes, to, bytes);
        NativeKernel.run(NativeKernel.SUM.ordinal(), true, problemAddress, from, 0, to, 0);
        Reference.reachabilityFence(NativeSum.this);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    problem.close();
  }
}
