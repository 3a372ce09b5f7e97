package org.conv4j.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Layer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.FunctionCall;
import org.conv4j.op.TensorFunction;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * A function that the program gives, as a layer: for what no graph of other layers computes. It
 * runs as a step of its own between those of any engine, on one thread. What it is given is copied
 * before, and its result after the call.
 *
 * <p>What it throws ends the run with a {@link org.conv4j.error.FunctionFailedException} that names
 * the layer; the session can be used again.
 *
 * @param name the layer's name
 * @param shapes tells the output's shape
 * @param function computes the output
 * @param independent whether each example of a batch is computed on its own, so that a plan may
 *     divide the batch; if not, the function always sees the whole of it
 */
public record JavaFunction(
    String name, OutputShape shapes, TensorFunction function, boolean independent)
    implements Layer {
  /** Tells the shape of what a function makes of some inputs. */
  @FunctionalInterface
  public interface OutputShape {
    /**
     * Tells a shape.
     *
     * @param inputs the inputs' shapes, batch included; while a model is loaded, extents may be
     *     {@link Shape#UNKNOWN}
     * @return the output's shape, with known extents if the inputs' are
     */
    Shape of(List<Shape> inputs);
  }

  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param shapes see {@link #shapes}
   * @param function see {@link #function}
   * @param independent see {@link #independent}
   */
  public JavaFunction {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shapes, "shapes");
    Objects.requireNonNull(function, "function");
  }

  /**
   * Returns a layer whose function sees whole batches.
   *
   * @param name see {@link #name}
   * @param shapes see {@link #shapes}
   * @param function see {@link #function}
   * @return the layer
   */
  public static JavaFunction of(String name, OutputShape shapes, TensorFunction function) {
    return new JavaFunction(name, shapes, function, false);
  }

  /**
   * Sets whether each example of a batch is computed on its own.
   *
   * @param apart true if it is
   * @return a changed copy
   */
  public JavaFunction independent(boolean apart) {
    return new JavaFunction(name, shapes, function, apart);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    outputShape(inputs);
    return List.of();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape output;
    try {
      output = shapes.of(List.copyOf(inputs));
    } catch (RuntimeException failure) {
      throw new InvalidLayerException(
          "Layer '%s': its output's shape for %s cannot be told: %s"
              .formatted(name, inputs, failure),
          failure);
    }
    boolean known = inputs.stream().allMatch(Shape::isKnown);
    if (output == null || known && (!output.isKnown() || output.isEmpty())) {
      throw new InvalidLayerException(
          "Layer '%s': its function's output for %s must have a known shape with elements; given %s."
              .formatted(name, inputs, output));
    }
    return output;
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    List<Value> plain = new ArrayList<>();
    List<Shape> shapesOfInputs = new ArrayList<>();
    for (Value input : inputs) {
      plain.add(lowering.asSeen(name, input));
      shapesOfInputs.add(input.shape());
    }
    FunctionCall call =
        new FunctionCall(
            lowering.scope() + name,
            shapesOfInputs,
            outputShape(shapesOfInputs),
            function,
            independent);
    return lowering.append(name, call, plain, List.of(), DataFormat.CHANNELS_LAST);
  }
}
