package org.conv4j.layer.activation;

import java.util.List;
import org.conv4j.activation.Elementwise;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/** A layer that applies a function to each element. */
public interface ElementwiseLayer extends WeightlessLayer {
  /**
   * Returns what is applied.
   *
   * @return the function
   */
  Elementwise function();

  @Override
  default Shape outputShape(Shape input) {
    return input;
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    Eltwise op = new Eltwise(input.stored(), function());
    return lowering.append(name(), op, input, List.of(), input.view());
  }
}
