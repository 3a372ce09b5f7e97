package org.conv4j.layer;

import java.util.List;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/** A Keras layer: an immutable description that holds no weights. Safe for any thread. */
public interface Layer {
  /**
   * Returns the layer's name, unique in a model.
   *
   * @return the name, as messages use it
   */
  String name();

  /**
   * Returns the name of the layer's class in Keras.
   *
   * @return the class name, as summaries show it
   */
  default String className() {
    return getClass().getSimpleName();
  }

  /**
   * Returns the weights it needs for some inputs.
   *
   * @param inputs the inputs' shapes, batch included
   * @return names and shapes, in Keras's order
   * @throws org.conv4j.error.Conv4jException if the layer cannot take those inputs
   */
  List<WeightSpec> weights(List<Shape> inputs);

  /**
   * Returns the shape of its output for some inputs.
   *
   * @param inputs the inputs' shapes, batch included
   * @return the output's shape
   * @throws org.conv4j.error.Conv4jException if the layer cannot take those inputs
   */
  Shape outputShape(List<Shape> inputs);

  /**
   * Returns whether it knows what to make of inputs without elements. A batch of 0 for a model with
   * a layer that does not is no matter of its layers: nothing is computed.
   *
   * @return whether inputs may have extents of 0
   */
  default boolean takesEmpty() {
    return false;
  }

  /**
   * Appends the ops that compute this layer to a program.
   *
   * @param lowering the program being written
   * @param inputs the layer's inputs
   * @param weights weights that {@link Weights#check} accepted for {@link #weights}
   * @return the layer's output
   * @throws org.conv4j.error.Conv4jException if the layer cannot take those inputs
   */
  Value lower(Lowering lowering, List<Value> inputs, Weights weights);
}
