package org.conv4j.dl4j.layer;

import java.util.List;
import java.util.Objects;
import org.conv4j.layer.Layer;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Layers without weights, one after the other, that count as one.
 *
 * @param name the layer's name
 * @param layers each takes what the one before returns; none for the input as it is
 */
public record Chain(String name, List<Layer> layers) implements WeightlessLayer {
  /**
   * Copies the list.
   *
   * @param name see {@link #name}
   * @param layers see {@link #layers}
   */
  public Chain {
    Objects.requireNonNull(name, "name");
    layers = List.copyOf(layers);
  }

  /**
   * Returns a chain.
   *
   * @param name see {@link #name}
   * @param layers see {@link #layers}
   * @return the layer
   */
  public static Chain of(String name, Layer... layers) {
    return new Chain(name, List.of(layers));
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape shape = input;
    for (Layer layer : layers) {
      shape = layer.outputShape(List.of(shape));
    }
    return shape;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Value value = input;
    for (Layer layer : layers) {
      value = layer.lower(lowering, List.of(value), Weights.none());
    }
    return value;
  }
}
