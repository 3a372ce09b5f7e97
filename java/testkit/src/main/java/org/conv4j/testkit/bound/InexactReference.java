package org.conv4j.testkit.bound;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.HeldConstants;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.OpTypes;
import org.conv4j.engine.Scratchpad;
import org.conv4j.op.Op;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.OpCase;

/**
 * The reference with errors: each op is off by as much as an engine's may be, see {@link
 * OpErrorBound}, upwards or downwards, or not at all, at random. How far the answers of a whole
 * network are off then tells how its ops magnify errors, and so what may be asked of an engine. Not
 * thread-safe.
 */
public final class InexactReference implements Engine {
  private final Engine reference = new ReferenceEngine();
  private final Random random;

  /**
   * Makes an engine.
   *
   * @param random decides the signs
   */
  public InexactReference(Random random) {
    this.random = random;
  }

  @Override
  public String name() {
    return "inexact";
  }

  @Override
  public Set<DataType> dataTypes() {
    return reference.dataTypes();
  }

  @Override
  public Compilation compile(
      Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest) {
    try (HeldConstants held = HeldConstants.of(op, types, constants)) {
      Optional<String> reason = types.unknownOrMixed(dataTypes());
      if (reason.isPresent()) {
        return Compilation.declined(reason.get());
      }
      DataType dataType = types.output().dataType();
      List<double[]> weights = held.tensors().stream().map(Tensor::toDoubleArray).toList();
      return Compilation.of(new InexactOp(op, dataType, options, weights));
    }
  }

  private double[] compute(OpCase opCase, DataType dataType, CompileOptions options) {
    double[] values = opCase.run(reference, DataType.FLOAT64, options);
    double[] bounds = OpErrorBound.of(opCase, dataType, options, reference);
    for (int i = 0; i < values.length; i++) {
      values[i] = inexact(values[i], bounds[i], dataType);
    }
    return values;
  }

  private double inexact(double value, double bound, DataType dataType) {
    // Where the bound is not a number, the value may be anything.
    switch (random.nextInt(3)) {
      case 0:
        return value + bound;
      case 1:
        return value - bound;
      default:
        // What may as well be nothing is lost, for the next op to divide by it.
        double nothing = dataType == DataType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
        return Math.abs(value) <= Math.max(bound, nothing) ? 0 : value;
    }
  }

  private final class InexactOp implements CompiledOp {
    private final Op op;
    private final DataType dataType;
    private final CompileOptions options;
    private final List<double[]> constants;

    InexactOp(Op op, DataType dataType, CompileOptions options, List<double[]> constants) {
      this.op = op;
      this.dataType = dataType;
      this.options = options;
      this.constants = constants;
    }

    @Override
    public String kernel() {
      return "loops";
    }

    @Override
    public String implementation() {
      return "java:inexact";
    }

    @Override
    public long scratchpadBytes() {
      return 0;
    }

    @Override
    public OpRunner newRunner(Scratchpad scratchpad) {
      return new OpRunner() {
        @Override
        public void run(Tensor[] inputs, Tensor output) {
          List<double[]> given = List.of(inputs).stream().map(Tensor::toDoubleArray).toList();
          output.copyFrom(compute(new OpCase(op, given, constants), dataType, options));
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
