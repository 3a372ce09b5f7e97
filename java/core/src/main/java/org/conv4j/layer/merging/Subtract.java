package org.conv4j.layer.merging;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.shape.Shape;

/**
 * Keras's Subtract: the first input minus the second.
 *
 * @param name the layer's name
 */
public record Subtract(String name) implements ElementwiseMerge {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   */
  public Subtract {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns a layer with Keras's name.
   *
   * @return the layer
   */
  public static Subtract of() {
    return new Subtract("subtract");
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Subtract name(String name) {
    return new Subtract(name);
  }

  @Override
  public BinaryFunction function() {
    return BinaryFunction.SUBTRACT;
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new ShapeMismatchException(
          "Layer '%s' takes two inputs; given %d.".formatted(name, inputs.size()));
    }
    return ElementwiseMerge.super.outputShape(inputs);
  }
}
