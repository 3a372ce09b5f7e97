package org.conv4j.weights;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.Shape;

/**
 * One weight that a layer needs.
 *
 * @param name Keras's name of the variable, for example {@code kernel}
 * @param shape its shape in Keras's layout
 */
public record WeightSpec(String name, Shape shape) {
  /**
   * Checks that nothing is missing.
   *
   * @param name see {@link #name}
   * @param shape see {@link #shape}
   */
  public WeightSpec {
    InvalidLayerException.requirePresent(name, "The name of a weight");
    InvalidLayerException.requirePresent(shape, "The shape of the weight '" + name + "'");
  }
}
