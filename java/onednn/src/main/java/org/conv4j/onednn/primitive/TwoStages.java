package org.conv4j.onednn.primitive;

import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * An op whose result another op takes, by way of the scratchpad. Owner of both.
 *
 * @param first takes the inputs
 * @param second takes what the first one returns, which is float32
 * @param between the shape of that
 */
public record TwoStages(CompiledOp first, CompiledOp second, Shape between) implements CompiledOp {
  /** Values begin where a cache line does. */
  private static final long ALIGNMENT = 64;

  @Override
  public String kernel() {
    return first.kernel();
  }

  @Override
  public String implementation() {
    return first.implementation();
  }

  @Override
  public int threads() {
    return first.threads();
  }

  /** Where in the scratchpad the value between the ops lies: behind what they need themselves. */
  private long offset() {
    long own = Math.max(first.scratchpadBytes(), second.scratchpadBytes());
    return (own + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  @Override
  public long scratchpadBytes() {
    return offset() + between.elementCount() * DataType.FLOAT32.bytes();
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    Tensor middle = scratchpad.view(offset(), DataType.FLOAT32, between);
    Tensor[] taken = {middle};
    OpRunner one = first.newRunner(scratchpad);
    OpRunner two = second.newRunner(scratchpad);
    return new OpRunner() {
      @Override
      public void run(Tensor[] inputs, Tensor output) {
        one.run(inputs, middle);
        two.run(taken, output);
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
