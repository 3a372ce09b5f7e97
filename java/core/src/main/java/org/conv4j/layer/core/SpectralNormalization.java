package org.conv4j.layer.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.Wrapper;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's SpectralNormalization, which divides a layer's kernel by its largest singular value while
 * it is trained: at inference, the layer with the kernel that it has.
 *
 * <p>Weights: those of the layer, and, behind the first of them, the kernel, {@code vector_u}, of
 * shape {@code (1, the kernel's last extent)}, which is not used.
 *
 * @param name the wrapper's name
 * @param layer the layer
 */
public record SpectralNormalization(String name, SingleInputLayer layer) implements Wrapper {
  /** The name of the vector that training keeps. */
  public static final String VECTOR = "vector_u";

  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param layer see {@link #layer}
   */
  public SpectralNormalization {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(layer, "layer");
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    List<WeightSpec> weights = new ArrayList<>(layer.weights(input));
    if (weights.isEmpty()) {
      throw Arguments.invalid(name, "layer", "a layer with a kernel", layer.className());
    }
    long last = weights.get(0).shape().dim(-1);
    weights.add(1, WeightSpec.untrained(VECTOR, Shape.of(1, last)));
    return List.copyOf(weights);
  }

  @Override
  public Shape outputShape(Shape input) {
    return layer.outputShape(input);
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    return layer.lower(lowering, input, weights);
  }
}
