package org.conv4j.layer.applications;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.merging.ElementwiseMerge;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * The residual of InceptionResNetV2: the first input plus a multiple of the second.
 *
 * @param name the layer's name
 * @param scale what the second input is multiplied with
 */
public record CustomScaleLayer(String name, double scale) implements ElementwiseMerge {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param scale see {@link #scale}
   */
  public CustomScaleLayer {
    Objects.requireNonNull(name, "name");
    Arguments.finite(name, "scale", scale);
  }

  /**
   * Returns a layer.
   *
   * @param scale what the second input is multiplied with
   * @return the layer
   * @throws InvalidLayerException if the number is not finite
   */
  public static CustomScaleLayer of(double scale) {
    return new CustomScaleLayer("custom_scale_layer", scale);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public CustomScaleLayer name(String name) {
    return new CustomScaleLayer(name, scale);
  }

  @Override
  public BinaryFunction function() {
    return BinaryFunction.ADD;
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new ShapeMismatchException(
          "Layer '%s' takes two inputs; given %d.".formatted(name, inputs.size()));
    }
    return ElementwiseMerge.super.outputShape(inputs);
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    Value scaled = Affine.append(lowering, name, inputs.get(1), scale, 0);
    return ElementwiseMerge.super.lower(lowering, List.of(inputs.get(0), scaled), weights);
  }
}
