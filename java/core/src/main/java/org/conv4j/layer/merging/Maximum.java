package org.conv4j.layer.merging;

import java.util.Objects;
import org.conv4j.function.BinaryFunction;

/**
 * Keras's Maximum: the largest of all inputs.
 *
 * @param name the layer's name
 */
public record Maximum(String name) implements ElementwiseMerge {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   */
  public Maximum {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns a layer with Keras's name.
   *
   * @return the layer
   */
  public static Maximum of() {
    return new Maximum("maximum");
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Maximum name(String name) {
    return new Maximum(name);
  }

  @Override
  public BinaryFunction function() {
    return BinaryFunction.MAXIMUM;
  }
}
