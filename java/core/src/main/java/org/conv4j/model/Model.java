package org.conv4j.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Plan;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Layer;
import org.conv4j.layer.Weights;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;

/**
 * A chain of layers with their weights. Immutable; the weight tensors belong to whoever made them
 * and must stay open while plans are compiled from the model.
 */
public final class Model {
  private final List<Node> nodes;

  /**
   * A layer and its weights.
   *
   * @param layer the layer
   * @param weights its weights
   */
  public record Node(Layer layer, Weights weights) {
    /**
     * Checks that nothing is null.
     *
     * @param layer see {@link #layer}
     * @param weights see {@link #weights}
     */
    public Node {
      Objects.requireNonNull(layer, "layer");
      Objects.requireNonNull(weights, "weights");
    }
  }

  private Model(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Returns the model of a single layer.
   *
   * @param layer the layer
   * @param weights its weights
   * @return the model
   */
  public static Model of(Layer layer, Weights weights) {
    return sequential().add(layer, weights).build();
  }

  /**
   * Starts a chain of layers.
   *
   * @return a builder
   */
  public static Builder sequential() {
    return new Builder();
  }

  /** Collects the layers of a chain. Not thread-safe. */
  public static final class Builder {
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Builder() {}

    /**
     * Appends a layer.
     *
     * @param layer the layer, with a name of its own
     * @param weights its weights
     * @return this builder
     * @throws InvalidLayerException if the name is taken
     */
    public Builder add(Layer layer, Weights weights) {
      if (!names.add(layer.name())) {
        throw new InvalidLayerException(
            "Two layers of a model are named '" + layer.name() + "'; names must be unique.");
      }
      nodes.add(new Node(layer, weights));
      return this;
    }

    /**
     * Returns the model.
     *
     * @return the model
     * @throws InvalidLayerException if it has no layers
     */
    public Model build() {
      if (nodes.isEmpty()) {
        throw new InvalidLayerException("A model needs at least one layer.");
      }
      return new Model(nodes);
    }
  }

  /**
   * Returns the layers with their weights.
   *
   * @return the chain, first layer first
   */
  public List<Node> nodes() {
    return nodes;
  }

  /**
   * Returns the shape of the output for an input.
   *
   * @param input the input's shape, batch included
   * @return the output's shape
   * @throws org.conv4j.error.Conv4jException if a layer cannot take its input
   */
  public Shape outputShape(Shape input) {
    Shape shape = input;
    for (Node node : nodes) {
      shape = node.layer().outputShape(shape);
    }
    return shape;
  }

  /**
   * Lowers the model to ops.
   *
   * @param input the input's shape, batch included
   * @return the program
   * @throws org.conv4j.error.Conv4jException if a layer cannot take its input or a weight has the
   *     wrong shape
   */
  public Program lower(Shape input) {
    Lowering lowering = new Lowering(input);
    Value value = lowering.input();
    for (Node node : nodes) {
      Layer layer = node.layer();
      node.weights().check(layer.name(), layer.weights(value.shape()));
      value = layer.lower(lowering, value, node.weights());
    }
    return lowering.finish(value);
  }

  /**
   * Compiles the model.
   *
   * @param input the input's shape, batch included
   * @param dataType the type to compute with
   * @param engine an available engine
   * @param options how to compile
   * @return the plan, which the caller closes
   * @throws org.conv4j.error.Conv4jException if the model cannot take the input or the engine
   *     cannot run it
   */
  public Plan compile(Shape input, DataType dataType, Engine engine, CompileOptions options) {
    return Plan.compile(lower(input), dataType, engine, options);
  }
}
