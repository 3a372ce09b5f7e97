package org.conv4j.dl4j.layer;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.conv4j.layer.Layer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Another layer, chosen when the shapes of the inputs are known: Deeplearning4j's layers often look
 * at the rank of what they are given. The chosen one takes the first input only; the others may
 * help to choose.
 *
 * @param name the layer's name
 * @param choice returns the layer for the inputs' shapes; refuses them with an exception of conv4j
 */
public record ByShape(String name, Function<List<Shape>, Layer> choice) implements Layer {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param choice see {@link #choice}
   */
  public ByShape {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(choice, "choice");
  }

  /**
   * Returns a layer with one input.
   *
   * @param name see {@link #name}
   * @param choice returns the layer for the input's shape
   * @return the layer
   */
  public static ByShape of(String name, Function<Shape, Layer> choice) {
    return new ByShape(name, shapes -> choice.apply(shapes.get(0)));
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    return choice.apply(inputs).weights(inputs.subList(0, 1));
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return choice.apply(inputs).outputShape(inputs.subList(0, 1));
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    Layer chosen = choice.apply(inputs.stream().map(Value::shape).toList());
    return chosen.lower(lowering, inputs.subList(0, 1), weights);
  }
}
