package org.conv4j.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conv4j.op.Op;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** An engine of the highest priority whose native code did not load. */
public final class BrokenEngine implements Engine {
  static final String NAME = "broken";
  static final Throwable CAUSE = new UnsatisfiedLinkError("no libbroken");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Optional<Throwable> unavailabilityCause() {
    return Optional.of(CAUSE);
  }

  @Override
  public Set<DataType> dataTypes() {
    return Set.of(DataType.values());
  }

  @Override
  public Compilation compile(
      Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest) {
    throw new AssertionError("an unavailable engine was asked to compile");
  }
}
