package org.conv4j.operation;

import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Layer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/** A layer that learns nothing and takes a fixed number of tensors. */
public interface Operation extends Layer {
  /**
   * Returns how many tensors it takes, constants apart.
   *
   * @return the number of inputs
   */
  default int arity() {
    return 1;
  }

  /**
   * Returns the shape of its output.
   *
   * @param inputs as many shapes as it takes inputs
   * @return the output's shape
   * @throws org.conv4j.error.Conv4jException if it cannot take those inputs
   */
  Shape resultShape(List<Shape> inputs);

  /**
   * Appends the ops that compute it to a program.
   *
   * @param lowering the program being written
   * @param inputs as many values as it takes inputs
   * @return the result
   * @throws org.conv4j.error.Conv4jException if it cannot take those inputs
   */
  Value append(Lowering lowering, List<Value> inputs);

  @Override
  default List<WeightSpec> weights(List<Shape> inputs) {
    outputShape(inputs);
    return List.of();
  }

  @Override
  default Shape outputShape(List<Shape> inputs) {
    requireArity(inputs);
    return resultShape(inputs);
  }

  @Override
  default Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    requireArity(inputs);
    return append(lowering, inputs);
  }

  private void requireArity(List<?> inputs) {
    if (inputs.size() != arity()) {
      throw new ShapeMismatchException(
          "Layer '%s' takes %d inputs; given %d.".formatted(name(), arity(), inputs.size()));
    }
  }
}
