package toy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.HeldConstants;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.OpTypes;
import org.conv4j.engine.Scratchpad;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.op.Prelu;
import org.conv4j.op.SimpleOpVisitor;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** An engine that knows functions of one element, and PReLU with one slope. */
public final class ToyEngine implements Engine {
  public String name() {
    return "toy";
  }

  public Set<DataType> dataTypes() {
    return Set.of(DataType.FLOAT32);
  }

  public Compilation compile(
      Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest) {
    try (HeldConstants held = HeldConstants.of(op, types, constants)) {
      Optional<String> reason = types.unknownOrMixed(dataTypes());
      return reason.isPresent() ? Compilation.declined(reason.get()) : op.accept(
          new SimpleOpVisitor<>() {
            public Compilation visit(Eltwise op) {
              return Compilation.of(new Loop(op.output(), op.activation()::apply));
            }

            public Compilation visit(Prelu op) {
              if (op.slopes().elementCount() > 1) {
                return Compilation.declined("it knows one slope only");
              }
              double slope = held.tensors().get(0).get(0);
              return Compilation.of(new Loop(op.output(), x -> x < 0 ? slope * x : x));
            }

            protected Compilation other(Op op) {
              return Compilation.declined("it knows two ops only");
            }
          });
    }
  }

  /** Keeps the elements in the scratchpad, to show that it can. */
  record Loop(Shape shape, DoubleUnaryOperator function) implements CompiledOp {
    public String kernel() {
      return "loop";
    }

    public long scratchpadBytes() {
      return shape.elementCount() * Float.BYTES;
    }

    public OpRunner newRunner(Scratchpad scratchpad) {
      float[] elements = new float[(int) shape.elementCount()];
      var kept = scratchpad.buffer(scratchpadBytes()).asFloatBuffer();
      return (inputs, output) -> {
        inputs[0].read(elements);
        for (int i = 0; i < elements.length; i++) {
          kept.put(i, (float) function.applyAsDouble(elements[i]));
        }
        kept.get(0, elements);
        output.copyFrom(elements);
      };
    }
  }
}
