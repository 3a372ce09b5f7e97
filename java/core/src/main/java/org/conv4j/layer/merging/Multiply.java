package org.conv4j.layer.merging;

import java.util.Objects;
import org.conv4j.function.BinaryFunction;

/**
 * Keras's Multiply: the product of all inputs.
 *
 * @param name the layer's name
 */
public record Multiply(String name) implements ElementwiseMerge {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   */
  public Multiply {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns a layer with Keras's name.
   *
   * @return the layer
   */
  public static Multiply of() {
    return new Multiply("multiply");
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Multiply name(String name) {
    return new Multiply(name);
  }

  @Override
  public BinaryFunction function() {
    return BinaryFunction.MULTIPLY;
  }
}
