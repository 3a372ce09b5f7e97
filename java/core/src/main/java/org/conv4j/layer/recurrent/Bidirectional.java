package org.conv4j.layer.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.MultiOutputLayer;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's Bidirectional: a recurrent layer that goes through a sequence in one direction, and
 * another one that goes in the other. What they return of every step is in the order of the first.
 *
 * <p>Its inputs are those of an {@link RNN}, with the initial states of the first layer before
 * those of the second. Its outputs are what became of both layers' outputs, then, if they are asked
 * for, the states of the first layer and those of the second.
 *
 * <p>Weights: those of the layers, with {@code forward_layer/} and {@code backward_layer/} before
 * their names.
 *
 * @param name the layer's name
 * @param forward the first layer
 * @param backward the second layer
 * @param mergeMode what becomes of their outputs
 */
public record Bidirectional(String name, RNN forward, RNN backward, MergeMode mergeMode)
    implements MultiOutputLayer {
  /** What stands before the names of the first layer's weights. */
  public static final String FORWARD = "forward_layer/";

  /** What stands before the names of the second layer's weights. */
  public static final String BACKWARD = "backward_layer/";

  /**
   * Checks that the layers fit together.
   *
   * @param name see {@link #name}
   * @param forward see {@link #forward}
   * @param backward see {@link #backward}
   * @param mergeMode see {@link #mergeMode}
   */
  public Bidirectional {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(mergeMode, "mergeMode");
    RNNOptions one = forward.options();
    RNNOptions other = backward.options();
    if (one.goBackwards() == other.goBackwards()
        || !one.equals(other.goBackwards(one.goBackwards()))) {
      throw Arguments.invalid(
          name,
          "backward_layer",
          "a layer that goes in the other direction and returns the same",
          other);
    }
    if (mergeMode != MergeMode.CONCAT
        && mergeMode != MergeMode.NONE
        && forward.units() != backward.units()) {
      throw Arguments.invalid(
          name, "backward_layer", "a layer of " + forward.units() + " units", backward.units());
    }
  }

  /**
   * Returns a layer with Keras's defaults: the same layer in the other direction, both outputs one
   * behind the other.
   *
   * @param layer the first layer
   * @return the layer
   */
  public static Bidirectional of(RNN layer) {
    RNN other = layer.options(layer.options().goBackwards(!layer.options().goBackwards()));
    return new Bidirectional(
        "bidirectional", layer.name("forward"), other.name("backward"), MergeMode.CONCAT);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Bidirectional name(String name) {
    return new Bidirectional(name, forward, backward, mergeMode);
  }

  /**
   * Sets what becomes of the outputs.
   *
   * @param mode the mode
   * @return a changed copy
   */
  public Bidirectional mergeMode(MergeMode mode) {
    return new Bidirectional(name, forward, backward, mode);
  }

  /**
   * Sets whether the last input is a mask.
   *
   * @param present true for a mask
   * @return a changed copy
   */
  public Bidirectional masked(boolean present) {
    return new Bidirectional(
        name,
        forward.options(forward.options().masked(present)),
        backward.options(backward.options().masked(present)),
        mergeMode);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    List<WeightSpec> weights = new ArrayList<>();
    for (WeightSpec spec : forward.weights(of(forward, inputs))) {
      weights.add(new WeightSpec(FORWARD + spec.name(), spec.shape()));
    }
    for (WeightSpec spec : backward.weights(of(backward, inputs))) {
      weights.add(new WeightSpec(BACKWARD + spec.name(), spec.shape()));
    }
    return List.copyOf(weights);
  }

  @Override
  public int outputCount() {
    int states = forward.outputCount() + backward.outputCount() - 2;
    return (mergeMode == MergeMode.NONE ? 2 : 1) + states;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    List<Shape> first = forward.outputShapes(of(forward, inputs));
    List<Shape> second = backward.outputShapes(of(backward, inputs));
    List<Shape> shapes = new ArrayList<>();
    Shape one = first.get(0);
    Shape other = second.get(0);
    if (mergeMode == MergeMode.NONE) {
      shapes.add(one);
      shapes.add(other);
    } else {
      long more = mergeMode == MergeMode.CONCAT ? other.extent(-1) : 0;
      shapes.add(one.withDim(one.rank() - 1, one.extent(-1) + more));
    }
    shapes.addAll(first.subList(1, first.size()));
    shapes.addAll(second.subList(1, second.size()));
    return List.copyOf(shapes);
  }

  @Override
  public List<Value> lowerAll(Lowering lowering, List<Value> inputs, Weights weights) {
    boolean flipped = forward.options().goBackwards();
    List<Value> first =
        new RNNLowering(forward, lowering, name, weights, FORWARD)
            .lower(of(forward, inputs), flipped);
    List<Value> second =
        new RNNLowering(backward, lowering, name, weights, BACKWARD)
            .lower(of(backward, inputs), flipped);
    List<Value> outputs = new ArrayList<>();
    if (mergeMode == MergeMode.NONE) {
      outputs.add(first.get(0));
      outputs.add(second.get(0));
    } else {
      outputs.add(merged(lowering, first.get(0), second.get(0)));
    }
    outputs.addAll(first.subList(1, first.size()));
    outputs.addAll(second.subList(1, second.size()));
    return outputs;
  }

  private Value merged(Lowering lowering, Value one, Value other) {
    List<Value> both = List.of(one, other);
    DataFormat seen = DataFormat.CHANNELS_LAST;
    if (mergeMode == MergeMode.CONCAT) {
      Concat concat = new Concat(List.of(one.shape(), other.shape()), one.shape().rank() - 1);
      return lowering.append(name, concat, both, List.of(), seen);
    }
    BinaryFunction function =
        mergeMode == MergeMode.MUL ? BinaryFunction.MULTIPLY : BinaryFunction.ADD;
    Value result =
        lowering.append(
            name,
            new Binary(one.shape(), other.shape(), function, Activation.LINEAR),
            both,
            List.of(),
            seen);
    return mergeMode == MergeMode.AVE ? Affine.append(lowering, name, result, 0.5, 0) : result;
  }

  /** The part of the inputs that one of the layers takes. */
  private <T> List<T> of(RNN layer, List<T> inputs) {
    int mask = forward.options().masked() ? 1 : 0;
    int states = inputs.size() - 1 - mask;
    int all = forward.states() + backward.states();
    if (states != 0 && states != all) {
      throw new ShapeMismatchException(
          "Layer '%s' takes a sequence, with or without %d initial states%s; given %d inputs."
              .formatted(name, all, mask == 1 ? ", and a mask" : "", inputs.size()));
    }
    if (states == 0) {
      return inputs;
    }
    List<T> own = new ArrayList<>(inputs.subList(0, 1));
    int begin = layer == forward ? 1 : 1 + forward.states();
    own.addAll(inputs.subList(begin, begin + layer.states()));
    own.addAll(inputs.subList(inputs.size() - mask, inputs.size()));
    return own;
  }
}
