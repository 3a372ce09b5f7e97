package org.conv4j.layer.reshaping;

import java.util.Arrays;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Permute: the dimensions in another order.
 *
 * @param name the layer's name
 * @param dims for each dimension of the output, the dimension of the input it comes from, counted
 *     from 1, the first after the batch
 */
public record Permute(String name, IntTuple dims) implements WeightlessLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param dims see {@link #dims}
   */
  public Permute {
    Objects.requireNonNull(name, "name");
    int[] sorted = dims.toArray();
    Arrays.sort(sorted);
    if (!IntTuple.of(sorted).equals(IntTuple.generate(sorted.length, i -> i + 1))) {
      throw Arguments.invalid(name, "dims", "every number from 1 on exactly once", dims);
    }
  }

  /**
   * Returns a layer.
   *
   * @param dims for each dimension of the output, the dimension of the input, counted from 1
   * @return the layer
   * @throws InvalidLayerException if a dimension is missing or repeated
   */
  public static Permute of(int... dims) {
    return new Permute("permute", IntTuple.of(dims));
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Permute name(String name) {
    return new Permute(name, dims);
  }

  @Override
  public Shape outputShape(Shape input) {
    return Arguments.rank(name, dims.size() + 1, input).permute(dims.prepend(0));
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    return lowering.permute(name, input, dims.prepend(0));
  }
}
