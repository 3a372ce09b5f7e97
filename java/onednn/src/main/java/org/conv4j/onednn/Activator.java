package org.conv4j.onednn;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.tensor.Memory;
import org.conv4j.tensor.Tensor;

/**
 * Applies an activation: inside the primitive where oneDNN knows the function, else in Java, in
 * place, after the primitive.
 *
 * @param fused what the primitive applies
 * @param rest what is left to Java, or null
 */
record Activator(List<PostOps.Eltwise> fused, DoubleUnaryOperator rest) {
  static Activator of(Elementwise activation) {
    Optional<List<PostOps.Eltwise>> chain = PostOps.chain(activation);
    return chain.isPresent()
        ? new Activator(chain.get(), null)
        : new Activator(List.of(), activation::apply);
  }

  /** Adds the rest to an op that applies the fused part. */
  CompiledOp complete(CompiledOp op) {
    return rest == null ? op : new WithActivation(op, rest);
  }

  private record WithActivation(CompiledOp op, DoubleUnaryOperator function) implements CompiledOp {
    @Override
    public String kernel() {
      return op.kernel() + "+activation";
    }

    @Override
    public String implementation() {
      return op.implementation();
    }

    @Override
    public int threads() {
      return op.threads();
    }

    @Override
    public long scratchpadBytes() {
      return op.scratchpadBytes();
    }

    @Override
    public OpRunner newRunner(Memory scratchpad) {
      OpRunner runner = op.newRunner(scratchpad);
      return new OpRunner() {
        @Override
        public void run(Tensor[] inputs, Tensor output) {
          runner.run(inputs, output);
          output.transform(function);
        }

        @Override
        public void close() {
          runner.close();
        }
      };
    }

    @Override
    public void close() {
      op.close();
    }
  }
}
