package org.conv4j.layer.core;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Layer;
import org.conv4j.layer.MultiOutputLayer;
import org.conv4j.layer.Wrapper;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's TimeDistributed: a layer applied to every step of a sequence on its own.
 *
 * <p>Weights: those of the layer.
 *
 * @param name the wrapper's name
 * @param layer what is applied to each step: a layer that takes one input and has one output
 */
public record TimeDistributed(String name, Layer layer) implements Wrapper {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param layer see {@link #layer}
   */
  public TimeDistributed {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(layer, "layer");
    if (layer instanceof MultiOutputLayer several && several.outputCount() > 1) {
      throw Arguments.invalid(name, "layer", "a layer of one output", layer);
    }
  }

  /**
   * Returns a layer with Keras's name.
   *
   * @param layer what is applied to each step
   * @return the layer
   */
  public static TimeDistributed of(Layer layer) {
    return new TimeDistributed("time_distributed", layer);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public TimeDistributed name(String name) {
    return new TimeDistributed(name, layer);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    return layer.weights(List.of(steps(input)));
  }

  @Override
  public Shape outputShape(Shape input) {
    long[] step = layer.outputShape(List.of(steps(input))).extents();
    long[] dims = new long[step.length + 1];
    dims[0] = input.extent(0);
    dims[1] = input.extent(1);
    System.arraycopy(step, 1, dims, 2, step.length - 1);
    return Shape.open(dims);
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Value steps = lowering.reshape(name, input, steps(input.shape()));
    Value result = layer.lower(lowering, List.of(steps), weights);
    return lowering.reshape(name, result, outputShape(input.shape()));
  }

  /** No layer mixes the examples of a batch, so all steps of all examples can be one batch. */
  private Shape steps(Shape input) {
    Arguments.rankAtLeast(name, 3, input);
    long[] dims = Arrays.copyOfRange(input.extents(), 1, input.rank());
    dims[0] = Extents.product(input, 0, 2);
    return Shape.open(dims);
  }
}
