package org.conv4j.model;

import java.util.HashSet;
import java.util.Set;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Layer;
import org.conv4j.weights.Weights;

/** Builds a chain of layers, as Keras's {@code Sequential} does. Not thread-safe. */
public final class SequentialBuilder {
  private final FunctionalBuilder builder = new FunctionalBuilder();
  private final Set<String> names = new HashSet<>();
  private final SymbolicTensor input;
  private SymbolicTensor last;

  SequentialBuilder(InputSpec input) {
    this.input = builder.input(input);
    this.last = this.input;
  }

  /**
   * Appends a layer.
   *
   * @param layer the layer, with a name of its own
   * @param weights its weights
   * @return this builder
   * @throws InvalidLayerException if the name is taken
   */
  public SequentialBuilder add(Layer layer, Weights weights) {
    if (!names.add(layer.name())) {
      throw new InvalidLayerException(
          "Two layers of a chain are named '" + layer.name() + "'; names must be unique.");
    }
    last = builder.apply(layer, weights, last);
    return this;
  }

  /**
   * Returns the model.
   *
   * @return the model
   * @throws InvalidArgumentException if it has no layers
   */
  public Model build() {
    if (last == input) {
      throw new InvalidArgumentException("A model needs at least one layer.");
    }
    return builder.build(last);
  }
}
