package org.conv4j.layer;

import java.util.List;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;

/** A layer that takes several inputs and learns nothing. */
public interface MultiInputLayer extends Layer {
  @Override
  default List<WeightSpec> weights(List<Shape> inputs) {
    outputShape(inputs);
    return List.of();
  }
}
