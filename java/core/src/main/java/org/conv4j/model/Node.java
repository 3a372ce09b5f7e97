package org.conv4j.model;

import java.util.List;
import java.util.Objects;
import org.conv4j.layer.Layer;
import org.conv4j.weights.Weights;

/**
 * One application of a layer in a model. A shared layer has several nodes.
 *
 * @param scope the nested models that the layer is in, each followed by a slash; empty at the top
 * @param layer the layer
 * @param weights its weights
 * @param inputs the values it takes: the model's inputs are numbered first, then its nodes
 */
public record Node(String scope, Layer layer, Weights weights, List<Integer> inputs) {
  /**
   * Checks that nothing is null.
   *
   * @param scope see {@link #scope}
   * @param layer see {@link #layer}
   * @param weights see {@link #weights}
   * @param inputs see {@link #inputs}
   */
  public Node {
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(weights, "weights");
    inputs = List.copyOf(inputs);
  }

  /**
   * Returns where in the model the layer is.
   *
   * @return the layer's name behind the names of the nested models it is in
   */
  public String path() {
    return scope + layer.name();
  }
}
