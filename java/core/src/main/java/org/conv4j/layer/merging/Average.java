package org.conv4j.layer.merging;

import java.util.List;
import java.util.Objects;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.weights.Weights;

/**
 * Keras's Average: the mean of all inputs.
 *
 * @param name the layer's name
 */
public record Average(String name) implements ElementwiseMerge {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   */
  public Average {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns a layer with Keras's name.
   *
   * @return the layer
   */
  public static Average of() {
    return new Average("average");
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Average name(String name) {
    return new Average(name);
  }

  @Override
  public BinaryFunction function() {
    return BinaryFunction.ADD;
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    Value sum = ElementwiseMerge.super.lower(lowering, inputs, weights);
    return Affine.append(lowering, name, sum, 1.0 / inputs.size(), 0);
  }
}
