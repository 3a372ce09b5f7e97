package org.conv4j.keras.custom;

import java.util.Objects;
import org.conv4j.layer.Layer;
import org.conv4j.model.Model;
import org.conv4j.weights.Weights;

/** What computes a custom layer. Immutable. */
public sealed interface CustomLayer {
  /**
   * One layer that conv4j has, or a function as a {@link org.conv4j.operation.JavaFunction}.
   *
   * @param layer the layer, of one input or several
   * @param weights its weights
   */
  record Single(Layer layer, Weights weights) implements CustomLayer {
    /**
     * Checks that nothing is null.
     *
     * @param layer see {@link #layer}
     * @param weights see {@link #weights}
     */
    public Single {
      Objects.requireNonNull(layer, "layer");
      Objects.requireNonNull(weights, "weights");
    }
  }

  /**
   * Several layers.
   *
   * @param model a graph with an input and an output for each of the layer's, in their order
   */
  record Graph(Model model) implements CustomLayer {
    /**
     * Checks that there is one.
     *
     * @param model see {@link #model}
     */
    public Graph {
      Objects.requireNonNull(model, "model");
    }
  }

  /**
   * Returns one layer without weights.
   *
   * @param layer a layer of conv4j
   * @return what computes the custom layer
   */
  static CustomLayer of(Layer layer) {
    return new Single(layer, Weights.none());
  }

  /**
   * Returns one layer.
   *
   * @param layer a layer of conv4j
   * @param weights its weights
   * @return what computes the custom layer
   */
  static CustomLayer of(Layer layer, Weights weights) {
    return new Single(layer, weights);
  }

  /**
   * Returns a graph of layers.
   *
   * @param model a graph with an input and an output for each of the layer's, in their order
   * @return what computes the custom layer
   */
  static CustomLayer of(Model model) {
    return new Graph(model);
  }
}
