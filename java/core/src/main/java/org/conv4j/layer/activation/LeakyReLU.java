package org.conv4j.layer.activation;

import java.util.Objects;
import org.conv4j.activation.Elementwise;
import org.conv4j.layer.Arguments;

/**
 * Keras's LeakyReLU: {@code x >= 0 ? x : negativeSlope * x}.
 *
 * @param name the layer's name
 * @param negativeSlope the slope below 0, at least 0
 */
public record LeakyReLU(String name, double negativeSlope) implements ElementwiseLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param negativeSlope see {@link #negativeSlope}
   */
  public LeakyReLU {
    Objects.requireNonNull(name, "name");
    Arguments.notNegative(name, "negative_slope", negativeSlope);
  }

  /**
   * Returns a layer with Keras's default, a slope of 0.3.
   *
   * @return the layer
   */
  public static LeakyReLU of() {
    return new LeakyReLU("leaky_re_lu", 0.3);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public LeakyReLU name(String name) {
    return new LeakyReLU(name, negativeSlope);
  }

  /**
   * Sets the slope below 0.
   *
   * @param negativeSlope at least 0
   * @return a changed copy
   */
  public LeakyReLU negativeSlope(double negativeSlope) {
    return new LeakyReLU(name, negativeSlope);
  }

  @Override
  public Elementwise function() {
    return new Elementwise.Relu(Double.POSITIVE_INFINITY, negativeSlope, 0);
  }
}
