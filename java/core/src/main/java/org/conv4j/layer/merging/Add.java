package org.conv4j.layer.merging;

import java.util.Objects;
import org.conv4j.function.BinaryFunction;

/**
 * Keras's Add: the sum of all inputs.
 *
 * @param name the layer's name
 */
public record Add(String name) implements ElementwiseMerge {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   */
  public Add {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns a layer with Keras's name.
   *
   * @return the layer
   */
  public static Add of() {
    return new Add("add");
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Add name(String name) {
    return new Add(name);
  }

  @Override
  public BinaryFunction function() {
    return BinaryFunction.ADD;
  }
}
