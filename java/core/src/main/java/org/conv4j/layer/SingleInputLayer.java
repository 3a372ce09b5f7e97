package org.conv4j.layer;

import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/** A layer that takes exactly one input. */
public interface SingleInputLayer extends Layer {
  /**
   * Returns the weights it needs for an input.
   *
   * @param input the input's shape, batch included
   * @return names and shapes, in Keras's order
   * @throws org.conv4j.error.Conv4jException if the layer cannot take that input
   */
  List<WeightSpec> weights(Shape input);

  /**
   * Returns the shape of its output for an input.
   *
   * @param input the input's shape, batch included
   * @return the output's shape
   * @throws org.conv4j.error.Conv4jException if the layer cannot take that input
   */
  Shape outputShape(Shape input);

  /**
   * Appends the ops that compute this layer to a program.
   *
   * @param lowering the program being written
   * @param input the layer's input
   * @param weights weights that {@link Weights#check} accepted for {@link #weights}
   * @return the layer's output
   * @throws org.conv4j.error.Conv4jException if the layer cannot take that input
   */
  Value lower(Lowering lowering, Value input, Weights weights);

  @Override
  default List<WeightSpec> weights(List<Shape> inputs) {
    return weights(only(inputs));
  }

  @Override
  default Shape outputShape(List<Shape> inputs) {
    return outputShape(only(inputs));
  }

  @Override
  default Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    return lower(lowering, only(inputs), weights);
  }

  private <T> T only(List<T> inputs) {
    if (inputs.size() != 1) {
      throw new ShapeMismatchException(
          "Layer '%s' takes one input; given %d.".formatted(name(), inputs.size()));
    }
    return inputs.get(0);
  }
}
