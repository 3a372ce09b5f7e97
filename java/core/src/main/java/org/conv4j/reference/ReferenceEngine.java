package org.conv4j.reference;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.HeldConstants;
import org.conv4j.engine.OpTypes;
import org.conv4j.op.Op;
import org.conv4j.reference.loops.LoopsOf;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The oracle. Always available; float32 and float64, and both in one op, whose output is rounded to
 * its own type.
 */
public final class ReferenceEngine implements Engine {
  /** The name that users select it by. */
  public static final String NAME = "reference";

  /** Creates the engine; {@link org.conv4j.engine.Engines} does so. */
  public ReferenceEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Set<DataType> dataTypes() {
    return Set.of(DataType.FLOAT32, DataType.FLOAT64);
  }

  @Override
  public Compilation compile(
      Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest) {
    try (HeldConstants held = HeldConstants.of(op, types, constants)) {
      Optional<String> reason = types.unknown(dataTypes());
      if (reason.isPresent()) {
        return Compilation.declined(reason.get());
      }
      DataType dataType = types.inputs().get(0).dataType();
      List<double[]> weights = held.tensors().stream().map(Tensor::toDoubleArray).toList();
      return Compilation.of(new ReferenceOp(op, op.accept(new LoopsOf(dataType, weights))));
    }
  }
}
