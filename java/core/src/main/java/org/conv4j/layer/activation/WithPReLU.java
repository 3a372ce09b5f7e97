package org.conv4j.layer.activation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.Wrapper;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * A layer whose activation is learned, as {@code Conv2D(8, 3, activation=PReLU())}: both have
 * weights. It counts as one layer with the first one's name and class.
 *
 * <p>Weights: those of the layer, then {@code alpha} of its {@link PReLU}.
 *
 * @param layer the layer, without an activation
 * @param activation what is applied to its output
 */
public record WithPReLU(SingleInputLayer layer, PReLU activation) implements Wrapper {
  /**
   * Checks that nothing is null.
   *
   * @param layer see {@link #layer}
   * @param activation see {@link #activation}
   */
  public WithPReLU {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(activation, "activation");
  }

  @Override
  public String name() {
    return layer.name();
  }

  @Override
  public String className() {
    return layer.className();
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    List<WeightSpec> weights = new ArrayList<>(layer.weights(input));
    weights.addAll(activation.weights(layer.outputShape(input)));
    return weights;
  }

  @Override
  public Shape outputShape(Shape input) {
    return activation.outputShape(layer.outputShape(input));
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    return activation.lower(lowering, layer.lower(lowering, input, weights), weights);
  }
}
