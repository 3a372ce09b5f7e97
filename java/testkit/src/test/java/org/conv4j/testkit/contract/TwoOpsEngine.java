package org.conv4j.testkit.contract;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conv4j.activation.Elementwise;
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
import org.conv4j.op.Scale;
import org.conv4j.op.SimpleOpVisitor;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;

/** An engine of a newcomer: it knows two ops, and leaves all others to its elders. */
final class TwoOpsEngine implements Engine {
  static final String NAME = "two-ops";
  static final String REASON = "it knows two ops";

  /** It keeps them in arrays. */
  private static final int MOST_ELEMENTS = 1 << 28;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<DataType> dataTypes() {
    return Set.of(DataType.FLOAT32);
  }

  @Override
  public Compilation compile(
      Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest) {
    try (HeldConstants held = HeldConstants.of(op, types, constants)) {
      Optional<String> reason = types.unknownOrMixed(dataTypes());
      if (reason.isPresent()) {
        return Compilation.declined(reason.get());
      }
      return op.output().elementCount() > MOST_ELEMENTS
          ? Compilation.declined("it is for small tensors")
          : op.accept(new Ops(held.tensors().stream().map(Tensor::toDoubleArray).toList()));
    }
  }

  /** What it knows. */
  private static final class Ops extends SimpleOpVisitor<Compilation> {
    private final List<double[]> constants;

    Ops(List<double[]> constants) {
      this.constants = constants;
    }

    @Override
    public Compilation visit(Eltwise op) {
      return Compilation.of(
          new Loop((int) op.output().elementCount(), op.activation(), null, null));
    }

    @Override
    public Compilation visit(Scale op) {
      return Compilation.of(
          new Loop(
              (int) op.output().elementCount(),
              op.activation(),
              constants.get(0),
              constants.get(1)));
    }

    @Override
    protected Compilation other(Op op) {
      return Compilation.declined(REASON);
    }
  }

  /**
   * A function of each element, perhaps scaled and shifted before.
   *
   * @param count of elements
   * @param function the function
   * @param scale by channel, or null
   * @param shift by channel, or null
   */
  private record Loop(int count, Elementwise function, double[] scale, double[] shift)
      implements CompiledOp {
    @Override
    public String kernel() {
      return "loop";
    }

    @Override
    public OpRunner newRunner(Scratchpad scratchpad) {
      double[] elements = new double[count];
      return (inputs, output) -> {
        HeldElements.read(inputs[0], elements);
        for (int i = 0; i < count; i++) {
          elements[i] = function.apply(scaled(elements[i], i));
        }
        HeldElements.write(output, elements);
      };
    }

    private double scaled(double element, int position) {
      if (scale == null) {
        return element;
      }
      int channel = position % scale.length;
      return element * scale[channel] + shift[channel];
    }
  }
}
