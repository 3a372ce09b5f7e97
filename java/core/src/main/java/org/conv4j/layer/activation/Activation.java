package org.conv4j.layer.activation;

import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Elementwise;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Activation: any activation function as a layer of its own.
 *
 * @param name the layer's name
 * @param activation the function
 */
public record Activation(String name, org.conv4j.activation.Activation activation)
    implements WeightlessLayer {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param activation see {@link #activation}
   */
  public Activation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(activation, "activation");
  }

  /**
   * Returns a layer.
   *
   * @param activation the function
   * @return the layer
   */
  public static Activation of(org.conv4j.activation.Activation activation) {
    return new Activation("activation", activation);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Activation name(String name) {
    return new Activation(name, activation);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    if (activation instanceof Elementwise function) {
      Eltwise op = new Eltwise(input.stored(), function);
      return lowering.append(name, op, input, List.of(), input.view());
    }
    return lowering.activate(name, activation, input);
  }
}
