package org.conv4j.testkit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.HeldConstants;
import org.conv4j.engine.OpRunner;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.op.SimpleOpVisitor;
import org.conv4j.op.Softmax;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;

/** An engine of a newcomer: it knows two ops, in float32, and leaves all others to its elders. */
final class TwoOpsEngine implements Engine {
  static final String NAME = "two-ops";
  static final String REASON = "it knows two ops";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Optional<Throwable> unavailabilityCause() {
    return Optional.empty();
  }

  @Override
  public Set<DataType> dataTypes() {
    return Set.of(DataType.FLOAT32);
  }

  @Override
  public Compilation compile(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options, EngineChain rest) {
    HeldConstants.of(op, dataType, constants).close();
    return op.accept(
        new SimpleOpVisitor<>() {
          @Override
          public Compilation visit(Eltwise eltwise) {
            return Compilation.of(
                (Loop)
                    (input, output) -> {
                      for (int i = 0; i < output.length; i++) {
                        output[i] = (float) eltwise.activation().apply(input[i]);
                      }
                    });
          }

          @Override
          public Compilation visit(Softmax softmax) {
            return softmax.axis() == softmax.input().rank() - 1 && !softmax.log()
                ? Compilation.of((Loop) (input, output) -> softmax(softmax, input, output))
                : Compilation.declined("it knows plain softmax along the last axis");
          }

          @Override
          protected Compilation other(Op any) {
            return Compilation.declined(REASON);
          }
        });
  }

  private static void softmax(Softmax op, float[] input, float[] output) {
    int count = op.input().intDim(-1);
    for (int begin = 0; begin < input.length; begin += count) {
      double sum = 0;
      for (int i = begin; i < begin + count; i++) {
        sum += Math.exp(input[i]);
      }
      for (int i = begin; i < begin + count; i++) {
        output[i] = (float) (Math.exp(input[i]) / sum);
      }
    }
  }

  /** A function from an input's elements to the output's. */
  private interface Loop extends CompiledOp {
    void compute(float[] input, float[] output);

    @Override
    default String kernel() {
      return "loop";
    }

    @Override
    default String implementation() {
      return NAME;
    }

    @Override
    default long scratchpadBytes() {
      return 0;
    }

    @Override
    default OpRunner newRunner(Memory scratchpad) {
      return new OpRunner() {
        @Override
        public void run(Tensor[] inputs, Tensor output) {
          float[] result = output.toFloatArray();
          compute(inputs[0].toFloatArray(), result);
          output.copyFrom(result);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    default void close() {}
  }
}
