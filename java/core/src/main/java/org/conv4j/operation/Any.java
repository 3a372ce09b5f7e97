package org.conv4j.operation;

import java.util.List;
import java.util.Objects;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * 1 where any element along some axes is not 0, else 0.
 *
 * @param name the layer's name
 * @param axes the axes, negative ones counted from the end; null for all
 * @param keepDims whether the axes stay, with extent 1
 */
public record Any(String name, IntTuple axes, boolean keepDims) implements Operation {
  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   * @param keepDims see {@link #keepDims}
   */
  public Any {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    return largest().resultShape(inputs);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    return largest().append(lowering, List.of(NotEqual.truth(lowering, name, inputs.get(0))));
  }

  private Reduce largest() {
    return new Reduce(name, ReductionKind.MAX, axes, keepDims);
  }
}
