package org.conv4j.engine;

import java.util.List;
import java.util.Set;
import org.conv4j.op.Op;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Knows no op at all. */
final class DecliningEngine implements Engine {
  static final String NAME = "declining";
  static final String REASON = "it knows no op at all";

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
    return Compilation.declined(REASON);
  }
}
