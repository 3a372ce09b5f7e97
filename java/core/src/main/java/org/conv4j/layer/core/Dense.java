package org.conv4j.layer.core;

import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.InnerProduct;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's Dense: every output is a weighted sum of all elements along the input's last axis.
 *
 * <p>Weights: {@code kernel} of shape {@code (channels, units)}, {@code bias} of shape {@code
 * (units)}.
 *
 * @param name the layer's name
 * @param units the extent of the output's last axis
 * @param activation applied last
 * @param useBias whether a bias is added
 */
public record Dense(String name, int units, Activation activation, boolean useBias)
    implements SingleInputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param units see {@link #units}
   * @param activation see {@link #activation}
   * @param useBias see {@link #useBias}
   */
  public Dense {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(activation, "activation");
    Arguments.positive(name, "units", units);
  }

  /**
   * Returns a layer with Keras's defaults: a bias and no activation.
   *
   * @param units the extent of the output's last axis
   * @return the layer
   * @throws InvalidLayerException if the argument is illegal
   */
  public static Dense of(int units) {
    return new Dense("dense", units, Activation.LINEAR, true);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Dense name(String name) {
    return new Dense(name, units, activation, useBias);
  }

  /**
   * Sets the activation.
   *
   * @param activation applied last
   * @return a changed copy
   */
  public Dense activation(Activation activation) {
    return new Dense(name, units, activation, useBias);
  }

  /**
   * Sets whether a bias is added.
   *
   * @param useBias true for a bias
   * @return a changed copy
   */
  public Dense useBias(boolean useBias) {
    return new Dense(name, units, activation, useBias);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    Arguments.rankAtLeast(name, 2, input);
    long channels = Arguments.known(name, input, -1, input).dim(-1);
    WeightSpec kernel = new WeightSpec("kernel", Shape.of(channels, units));
    WeightSpec bias = new WeightSpec("bias", Shape.of(units));
    return useBias ? List.of(kernel, bias) : List.of(kernel);
  }

  @Override
  public Shape outputShape(Shape input) {
    Arguments.rankAtLeast(name, 2, input);
    return input.withDim(input.rank() - 1, units);
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Value in = lowering.asSeen(name, input);
    InnerProduct op = new InnerProduct(in.shape(), units, useBias, Lowering.fused(activation));
    Constant kernel = weights.get("kernel");
    List<Constant> constants = useBias ? List.of(kernel, weights.get("bias")) : List.of(kernel);
    Value sum = lowering.append(name, op, in, constants, DataFormat.CHANNELS_LAST);
    return lowering.activate(name, activation, sum);
  }
}
