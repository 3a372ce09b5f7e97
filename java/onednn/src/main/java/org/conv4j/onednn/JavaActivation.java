package org.conv4j.onednn;

import java.util.List;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.op.Eltwise;
import org.conv4j.portable.JavaEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;

/** A function of each element of the output, in place, in Java: what oneDNN does not have. */
final class JavaActivation implements CompiledOp {
  private final CompiledOp eltwise;

  /** Compiles a function for as many threads as the calling thread has. */
  JavaActivation(Shape output, DataType dataType, Elementwise activation) {
    int threads = NativeLibrary.isAvailable() ? NativeThreads.get() : 0;
    CompileOptions options = CompileOptions.DEFAULT.withThreads(threads);
    eltwise =
        new JavaEngine().compile(new Eltwise(output, activation), dataType, List.of(), options);
  }

  @Override
  public String kernel() {
    return "activation";
  }

  @Override
  public String implementation() {
    return eltwise.implementation();
  }

  @Override
  public long scratchpadBytes() {
    return eltwise.scratchpadBytes();
  }

  @Override
  public OpRunner newRunner(Memory scratchpad) {
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
