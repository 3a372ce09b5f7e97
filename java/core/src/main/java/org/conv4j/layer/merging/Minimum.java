package org.conv4j.layer.merging;

import java.util.Objects;
import org.conv4j.function.BinaryFunction;

/**
 * Keras's Minimum: the smallest of all inputs.
 *
 * @param name the layer's name
 */
public record Minimum(String name) implements ElementwiseMerge {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   */
  public Minimum {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns a layer with Keras's name.
   *
   * @return the layer
   */
  public static Minimum of() {
    return new Minimum("minimum");
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Minimum name(String name) {
    return new Minimum(name);
  }

  @Override
  public BinaryFunction function() {
    return BinaryFunction.MINIMUM;
  }
}
