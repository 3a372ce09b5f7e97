package org.conv4j.layer;

import java.util.List;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;

/** A layer that takes one input and learns nothing. */
public interface WeightlessLayer extends SingleInputLayer {
  @Override
  default List<WeightSpec> weights(Shape input) {
    outputShape(input);
    return List.of();
  }
}
