package org.conv4j.weights;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.Shape;

/**
 * One weight that a layer needs.
 *
 * @param name Keras's name of the variable, for example {@code kernel}
 * @param shape its shape in Keras's layout
 * @param trainable whether it is trained unless its layer is frozen; if not, it is adapted or
 *     averaged
 */
public record WeightSpec(String name, Shape shape, boolean trainable) {
  /**
   * Checks that nothing is missing.
   *
   * @param name see {@link #name}
   * @param shape see {@link #shape}
   * @param trainable see {@link #trainable}
   */
  public WeightSpec {
    InvalidLayerException.requirePresent(name, "The name of a weight");
    InvalidLayerException.requirePresent(shape, "The shape of the weight '" + name + "'");
  }

  /**
   * Describes a weight that is trained.
   *
   * @param name see {@link #name}
   * @param shape see {@link #shape}
   */
  public WeightSpec(String name, Shape shape) {
    this(name, shape, true);
  }

  /**
   * Describes a weight that training adapts or averages.
   *
   * @param name see {@link #name}
   * @param shape see {@link #shape}
   * @return the description
   */
  public static WeightSpec untrained(String name, Shape shape) {
    return new WeightSpec(name, shape, false);
  }
}
