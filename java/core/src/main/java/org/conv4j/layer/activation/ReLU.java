package org.conv4j.layer.activation;

import java.util.Objects;
import org.conv4j.activation.Elementwise;
import org.conv4j.layer.Arguments;

/**
 * Keras's ReLU: {@code x} from the threshold to the maximum, the maximum beyond, and the negative
 * slope times {@code x - threshold} below.
 *
 * @param name the layer's name
 * @param maxValue the largest value returned, at least 0; infinite for none
 * @param negativeSlope the slope below the threshold, at least 0
 * @param threshold where the slope ends, at least 0
 */
public record ReLU(String name, double maxValue, double negativeSlope, double threshold)
    implements ElementwiseLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param maxValue see {@link #maxValue}
   * @param negativeSlope see {@link #negativeSlope}
   * @param threshold see {@link #threshold}
   */
  public ReLU {
    Objects.requireNonNull(name, "name");
    if (!(maxValue >= 0)) {
      throw Arguments.invalid(name, "max_value", "a number of at least 0", maxValue);
    }
    Arguments.notNegative(name, "negative_slope", negativeSlope);
    Arguments.notNegative(name, "threshold", threshold);
  }

  /**
   * Returns a layer with Keras's defaults: {@code max(x, 0)}.
   *
   * @return the layer
   */
  public static ReLU of() {
    return new ReLU("re_lu", Double.POSITIVE_INFINITY, 0, 0);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public ReLU name(String name) {
    return new ReLU(name, maxValue, negativeSlope, threshold);
  }

  /**
   * Sets the largest value returned.
   *
   * @param maxValue at least 0; infinite for none
   * @return a changed copy
   */
  public ReLU maxValue(double maxValue) {
    return new ReLU(name, maxValue, negativeSlope, threshold);
  }

  /**
   * Sets the slope below the threshold.
   *
   * @param negativeSlope at least 0
   * @return a changed copy
   */
  public ReLU negativeSlope(double negativeSlope) {
    return new ReLU(name, maxValue, negativeSlope, threshold);
  }

  /**
   * Sets where the slope ends.
   *
   * @param threshold at least 0
   * @return a changed copy
   */
  public ReLU threshold(double threshold) {
    return new ReLU(name, maxValue, negativeSlope, threshold);
  }

  @Override
  public Elementwise function() {
    return new Elementwise.Relu(maxValue, negativeSlope, threshold);
  }
}
