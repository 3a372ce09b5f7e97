package org.conv4j.onednn.primitive;

import java.util.function.Supplier;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.tensor.Tensor;

/**
 * An op and another that goes on with what the first has left in the output. Owner of both.
 *
 * @param first computes the output from the inputs
 * @param second changes the output; it may read the inputs too
 */
public record Followed(CompiledOp first, CompiledOp second) implements CompiledOp {
  /** Compiles the second op, or closes the first. */
  public static CompiledOp compile(CompiledOp first, Supplier<CompiledOp> second) {
    try {
      return new Followed(first, second.get());
    } catch (RuntimeException | Error failure) {
      first.close();
      throw failure;
    }
  }

  @Override
  public String kernel() {
    return first.kernel() + "+" + second.kernel();
  }

  @Override
  public String implementation() {
    return first.implementation();
  }

  @Override
  public int threads() {
    return first.threads();
  }

  @Override
  public long scratchpadBytes() {
    return Math.max(first.scratchpadBytes(), second.scratchpadBytes());
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    OpRunner one = first.newRunner(scratchpad);
    OpRunner two = second.newRunner(scratchpad);
    return new OpRunner() {
      @Override
      public void run(Tensor[] inputs, Tensor output) {
        one.run(inputs, output);
        two.run(inputs, output);
      }

      @Override
      public void close() {
        one.close();
        two.close();
      }
    };
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
