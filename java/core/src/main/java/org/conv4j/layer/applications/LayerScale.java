package org.conv4j.layer.applications;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * The scale of ConvNeXt: every channel multiplied with a learned number.
 *
 * <p>Weights: {@code gamma} of shape {@code (projectionDim)}.
 *
 * @param name the layer's name
 * @param projectionDim the number of channels, the extent of the last axis
 */
public record LayerScale(String name, int projectionDim) implements SingleInputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param projectionDim see {@link #projectionDim}
   */
  public LayerScale {
    Objects.requireNonNull(name, "name");
    Arguments.positive(name, "projection_dim", projectionDim);
  }

  /**
   * Returns a layer.
   *
   * @param projectionDim the number of channels
   * @return the layer
   * @throws InvalidLayerException if the number is below 1
   */
  public static LayerScale of(int projectionDim) {
    return new LayerScale("layer_scale", projectionDim);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public LayerScale name(String name) {
    return new LayerScale(name, projectionDim);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    outputShape(input);
    return List.of(new WeightSpec("gamma", Shape.of(projectionDim)));
  }

  @Override
  public Shape outputShape(Shape input) {
    Arguments.rankAtLeast(name, 2, input);
    if (Extents.differ(input.extent(-1), projectionDim)) {
      String expected = "the extent of the last axis of " + input;
      throw Arguments.invalid(name, "projection_dim", expected, projectionDim);
    }
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    double[] gamma = weights.get("gamma").elements();
    long[] dims = new long[input.shape().rank()];
    Arrays.fill(dims, 1);
    dims[dims.length - 1] = projectionDim;
    double[] none = new double[gamma.length];
    return Affine.append(lowering, name, input, Shape.of(dims), gamma, none);
  }
}
