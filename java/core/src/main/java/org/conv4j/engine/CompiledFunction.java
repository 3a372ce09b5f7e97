package org.conv4j.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.conv4j.error.FunctionFailedException;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.FunctionCall;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.tensor.internal.HeldElements;

/** Calls a function of the program's, whatever engine runs the steps around it. */
record CompiledFunction(FunctionCall op, OpTypes types) implements CompiledOp {
  /** What stands for the engine of such a step. */
  static final String ENGINE = "program";

  /** The elements may be of any type. */
  CompiledFunction {
    types.requireFor(op);
    types
        .unknown(EnumSet.allOf(DataType.class))
        .ifPresent(
            reason -> {
              throw new UnsupportedByEngineException("A Java function " + reason + ".");
            });
  }

  @Override
  public String kernel() {
    return "java function";
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    return new Runner(op, types);
  }

  /**
   * Owns the tensors that the function sees. It may change and close these, which would be memory
   * of the session or of the caller otherwise.
   */
  private static final class Runner implements OpRunner {
    private final FunctionCall op;
    private final OpTypes types;

    /** The inputs, then the output; none before the first run and after a failure. */
    private List<Tensor> own = List.of();

    Runner(FunctionCall op, OpTypes types) {
      this.op = op;
      this.types = types;
    }

    @Override
    public void run(Tensor[] inputs, Tensor output) {
      if (own.isEmpty()) {
        own = allocate();
      }
      int count = inputs.length;
      Tensor result = own.get(count);
      boolean done = false;
      try {
        hold();
        try {
          for (int i = 0; i < count; i++) {
            HeldElements.copy(inputs[i], own.get(i), elements(types.inputs().get(i)));
          }
          result.transform(element -> 0);
        } finally {
          release(own.size());
        }
        call(own.subList(0, count), result);
        hold();
        HeldElements.copy(result, output, elements(types.output()));
        release(own.size());
        done = true;
      } finally {
        if (!done) {
          close();
        }
      }
    }

    private void call(List<Tensor> given, Tensor result) {
      try {
        op.function().apply(given, result);
      } catch (RuntimeException failure) {
        throw new FunctionFailedException(
            "Layer '%s': its function failed: %s".formatted(op.layer(), failure), failure);
      }
    }

    /** The function may have closed its tensors, or left them to a thread that does. */
    private void hold() {
      int held = 0;
      try {
        while (held < own.size()) {
          HeldElements.memory(own.get(held)).acquire();
          held++;
        }
      } catch (IllegalStateException closed) {
        release(held);
        throw new FunctionFailedException(
            "Layer '%s': its function has closed a tensor %s, which belongs to the step."
                .formatted(op.layer(), own.get(held)),
            closed);
      }
    }

    private void release(int held) {
      for (int i = 0; i < held; i++) {
        HeldElements.memory(own.get(i)).release();
      }
    }

    private List<Tensor> allocate() {
      List<Tensor> made = new ArrayList<>();
      try {
        for (ValueType type : types.inputs()) {
          made.add(Tensor.allocate(type.dataType(), type.shape()));
        }
        made.add(Tensor.allocate(types.output().dataType(), types.output().shape()));
        return List.copyOf(made);
      } catch (RuntimeException | Error failure) {
        made.forEach(Tensor::close);
        throw failure;
      }
    }

    private static int elements(ValueType type) {
      return Math.toIntExact(type.shape().elementCount());
    }

    @Override
    public void close() {
      own.forEach(Tensor::close);
      own = List.of();
    }
  }
}
