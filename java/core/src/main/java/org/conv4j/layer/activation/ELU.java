package org.conv4j.layer.activation;

import java.util.Objects;
import org.conv4j.activation.Elementwise;
import org.conv4j.layer.Arguments;

/**
 * Keras's ELU: {@code x >= 0 ? x : alpha * (exp(x) - 1)}.
 *
 * @param name the layer's name
 * @param alpha the negative limit
 */
public record ELU(String name, double alpha) implements ElementwiseLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param alpha see {@link #alpha}
   */
  public ELU {
    Objects.requireNonNull(name, "name");
    Arguments.finite(name, "alpha", alpha);
  }

  /**
   * Returns a layer with Keras's default, an alpha of 1.
   *
   * @return the layer
   */
  public static ELU of() {
    return new ELU("elu", 1);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public ELU name(String name) {
    return new ELU(name, alpha);
  }

  /**
   * Sets the negative limit.
   *
   * @param alpha a finite number
   * @return a changed copy
   */
  public ELU alpha(double alpha) {
    return new ELU(name, alpha);
  }

  @Override
  public Elementwise function() {
    return new Elementwise.Elu(alpha);
  }
}
