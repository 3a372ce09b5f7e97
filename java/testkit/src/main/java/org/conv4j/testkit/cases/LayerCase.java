package org.conv4j.testkit.cases;

import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.layer.convolution.ConvolutionLayer;
import org.conv4j.shape.Shape;

/**
 * A layer and the shape of an input that it can take.
 *
 * @param layer the layer
 * @param input the input's shape, batch included
 */
public record LayerCase(ConvolutionLayer<?> layer, Shape input) {
  /**
   * Returns the shape of the output.
   *
   * @return the output's shape
   */
  public Shape output() {
    return layer.outputShape(input);
  }

  /**
   * Sets the activation.
   *
   * @param activation the layer's activation
   * @return a changed copy
   */
  public LayerCase withActivation(Activation activation) {
    return new LayerCase(layer.activation(activation), input);
  }

  /**
   * Makes small whole numbers for input and weights, so that no sum rounds in float32.
   *
   * @param seed decides the numbers
   * @return the data, which the caller closes
   */
  public CaseData integers(long seed) {
    return CaseData.integers(this, new Random(seed));
  }
}
