package org.conv4j.layer.preprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Rescaling: {@code x * scale + offset}.
 *
 * @param name the layer's name
 * @param scale one factor, or one for each element along the last axis
 * @param offset one number, or one for each element along the last axis
 */
public record Rescaling(String name, List<Double> scale, List<Double> offset)
    implements WeightlessLayer {
  /**
   * Checks the arguments and copies the lists.
   *
   * @param name see {@link #name}
   * @param scale see {@link #scale}
   * @param offset see {@link #offset}
   */
  public Rescaling {
    Objects.requireNonNull(name, "name");
    scale = checked(name, "scale", scale);
    offset = checked(name, "offset", offset);
  }

  /**
   * Returns a layer with one factor and one offset.
   *
   * @param scale the factor
   * @param offset what is added to the product
   * @return the layer
   * @throws InvalidLayerException if a number is not finite
   */
  public static Rescaling of(double scale, double offset) {
    return new Rescaling("rescaling", List.of(scale), List.of(offset));
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Rescaling name(String name) {
    return new Rescaling(name, scale, offset);
  }

  @Override
  public Shape outputShape(Shape input) {
    Arguments.rankAtLeast(name, 1, input);
    fits("scale", scale, input);
    fits("offset", offset, input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    if (scale.size() == 1 && offset.size() == 1) {
      return Affine.append(lowering, name, input, scale.get(0), offset.get(0));
    }
    long[] dims = new long[input.shape().rank()];
    Arrays.fill(dims, 1);
    dims[dims.length - 1] = input.shape().dim(-1);
    int channels = input.shape().intDim(-1);
    return Affine.append(
        lowering, name, input, Shape.of(dims), spread(scale, channels), spread(offset, channels));
  }

  private void fits(String argument, List<Double> numbers, Shape input) {
    if (numbers.size() != 1 && Extents.differ(numbers.size(), input.extent(-1))) {
      String expected = "one number, or one for each element along the last axis of " + input;
      throw Arguments.invalid(name, argument, expected, numbers);
    }
  }

  private static double[] spread(List<Double> numbers, int channels) {
    return IntStream.range(0, channels)
        .mapToDouble(i -> numbers.get(numbers.size() == 1 ? 0 : i))
        .toArray();
  }

  private static List<Double> checked(String name, String argument, List<Double> numbers) {
    if (numbers.isEmpty()) {
      throw Arguments.invalid(name, argument, "at least one number", numbers);
    }
    numbers.forEach(number -> Arguments.finite(name, argument, number));
    return List.copyOf(numbers);
  }
}
