package org.conv4j.layer.core;

import java.util.Objects;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * A layer that returns its input: Keras's Identity, and every layer that only acts while a model is
 * trained, such as Dropout, GaussianNoise and the random augmentations of images.
 *
 * @param name the layer's name
 * @param className the name of the layer's class in Keras
 */
public record Identity(String name, String className) implements WeightlessLayer {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param className see {@link #className}
   */
  public Identity {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(className, "className");
  }

  /**
   * Returns Keras's Identity.
   *
   * @return the layer
   */
  public static Identity of() {
    return new Identity("identity", "Identity");
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Identity name(String name) {
    return new Identity(name, className);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    return input;
  }
}
