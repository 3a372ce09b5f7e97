package org.conv4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Layer;
import org.conv4j.layer.MultiOutputLayer;
import org.conv4j.layer.OutputOf;
import org.conv4j.weights.Weights;

/**
 * Builds a graph of layers as Keras's functional interface does: layers and whole models are
 * applied to symbolic tensors. Not thread-safe.
 *
 * <pre>
 * FunctionalBuilder builder = Model.functional();
 * SymbolicTensor image = builder.input("image", -1, 224, 224, 3);
 * SymbolicTensor features = builder.apply(conv, convWeights, image);
 * SymbolicTensor sum = builder.apply(add, Weights.none(), features, image);
 * Model model = builder.build(sum);
 * </pre>
 */
public final class FunctionalBuilder {
  private final List<InputSpec> inputs = new ArrayList<>();
  private final Set<String> inputNames = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();

  /** The first application of each layer, by path. */
  private final Map<String, Node> paths = new HashMap<>();

  /** For each symbolic tensor, its node, or minus one minus its input. */
  private final List<Integer> sources = new ArrayList<>();

  FunctionalBuilder() {}

  /**
   * Adds an input.
   *
   * @param name its name, unique among the inputs
   * @param dims its extents, batch included, {@link InputSpec#ANY} where any extent will do
   * @return the input
   * @throws InvalidArgumentException if the name is taken or an extent is illegal
   */
  public SymbolicTensor input(String name, long... dims) {
    return input(new InputSpec(name, LongStream.of(dims).boxed().toList()));
  }

  /**
   * Adds an input.
   *
   * @param spec its description, with a name that is unique among the inputs
   * @return the input
   * @throws InvalidArgumentException if the name is taken
   */
  public SymbolicTensor input(InputSpec spec) {
    if (!inputNames.add(spec.name())) {
      throw new InvalidArgumentException(
          "Two inputs of a model are named '" + spec.name() + "'; names must be unique.");
    }
    inputs.add(spec);
    return tensor(-inputs.size());
  }

  /**
   * Applies a layer. Applying the same layer with the same weights again shares it.
   *
   * @param layer the layer, with a name of its own
   * @param weights its weights
   * @param arguments what it takes, in its order
   * @return its output
   * @throws InvalidLayerException if another layer has the name, or an argument belongs to another
   *     builder
   */
  public SymbolicTensor apply(Layer layer, Weights weights, SymbolicTensor... arguments) {
    return apply("", layer, weights, Arrays.asList(arguments));
  }

  /**
   * Applies a layer that may have several outputs.
   *
   * @param layer the layer, with a name of its own
   * @param weights its weights
   * @param arguments what it takes, in its order
   * @return its outputs
   * @throws InvalidLayerException as {@link #apply(Layer, Weights, SymbolicTensor...)}
   */
  public List<SymbolicTensor> applyAll(
      MultiOutputLayer layer, Weights weights, SymbolicTensor... arguments) {
    SymbolicTensor value = apply(layer, weights, arguments);
    if (layer.outputCount() == 1) {
      return List.of(value);
    }
    List<SymbolicTensor> all = new ArrayList<>(List.of(value));
    all.addAll(Arrays.asList(arguments));
    List<SymbolicTensor> outputs = new ArrayList<>();
    for (int i = 0; i < layer.outputCount(); i++) {
      Layer output = new OutputOf(layer.name() + ":" + i, layer, i);
      outputs.add(apply("", output, Weights.none(), all));
    }
    return outputs;
  }

  /**
   * Applies a whole model: its layers become part of this one, with its name before theirs.
   *
   * @param name the nested model's name
   * @param model the nested model; its weights are shared, not copied
   * @param arguments one for each of its inputs
   * @return one for each of its outputs
   * @throws InvalidLayerException if names clash, or an argument belongs to another builder
   * @throws ShapeMismatchException if the number of arguments is not that of the model's inputs
   */
  public List<SymbolicTensor> apply(String name, Model model, SymbolicTensor... arguments) {
    if (arguments.length != model.inputs().size()) {
      throw new ShapeMismatchException(
          "Model '%s' takes %d inputs; given %d."
              .formatted(name, model.inputs().size(), arguments.length));
    }
    List<SymbolicTensor> values = new ArrayList<>(Arrays.asList(arguments));
    for (Node node : model.nodes()) {
      List<SymbolicTensor> taken = node.inputs().stream().map(values::get).toList();
      values.add(apply(name + "/" + node.scope(), node.layer(), node.weights(), taken));
    }
    return model.outputValues().stream().map(values::get).toList();
  }

  /**
   * Applies a layer of a nested model that is written out.
   *
   * @param scope the nested models that the layer is in, each followed by a slash; empty at the top
   * @param layer the layer, with a name of its own in that scope
   * @param weights its weights
   * @param arguments what it takes, in its order
   * @return its output
   * @throws InvalidLayerException if another layer of the scope has the name, or an argument
   *     belongs to another builder
   */
  public SymbolicTensor apply(
      String scope, Layer layer, Weights weights, List<SymbolicTensor> arguments) {
    List<Integer> sources = new ArrayList<>();
    for (SymbolicTensor argument : arguments) {
      sources.add(source(layer.name(), argument));
    }
    Node node = new Node(scope, layer, weights, sources);
    Node first = paths.putIfAbsent(node.path(), node);
    if (first != null && !isSame(first, layer, weights)) {
      throw new InvalidLayerException(
          "Two layers of a model are named '" + node.path() + "'; names must be unique.");
    }
    nodes.add(node);
    return tensor(nodes.size() - 1);
  }

  /**
   * Ends the model. Layers that no output needs are left out.
   *
   * @param outputs what the model returns, at least one
   * @return the model
   * @throws InvalidArgumentException if there is no output
   * @throws InvalidLayerException if one belongs to another builder
   */
  public Model build(SymbolicTensor... outputs) {
    List<String> names = new ArrayList<>();
    for (SymbolicTensor output : outputs) {
      int source = source("output", output);
      String name = source < 0 ? inputs.get(-1 - source).name() : nodes.get(source).path();
      names.add(name);
    }
    return build(Names.distinct(names), Arrays.asList(outputs));
  }

  /**
   * Ends the model, naming its outputs.
   *
   * @param names the outputs' names, all different
   * @param outputs what the model returns, at least one
   * @return the model
   * @throws InvalidArgumentException if there is no output, or a name is missing or repeated
   * @throws InvalidLayerException if an output belongs to another builder
   */
  public Model build(List<String> names, List<SymbolicTensor> outputs) {
    if (outputs.isEmpty()) {
      throw new InvalidArgumentException("A model needs at least one output.");
    }
    if (names.size() != outputs.size() || new HashSet<>(names).size() != names.size()) {
      throw new InvalidArgumentException(
          "A model's outputs need a name each, all different; given %s for %d."
              .formatted(names, outputs.size()));
    }
    List<Integer> sources = new ArrayList<>();
    for (SymbolicTensor output : outputs) {
      sources.add(source("output", output));
    }
    Map<Integer, Integer> values = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(-1 - i, i);
    }
    Set<Integer> needed = needed(sources);
    List<Node> kept = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (needed.contains(i)) {
        Node node = nodes.get(i);
        List<Integer> taken = new ArrayList<>();
        for (int input : node.inputs()) {
          taken.add(values.get(input));
        }
        values.put(i, inputs.size() + kept.size());
        kept.add(new Node(node.scope(), node.layer(), node.weights(), taken));
      }
    }
    return new Model(inputs, kept, names, sources.stream().map(values::get).toList());
  }

  private static boolean isSame(Node first, Layer layer, Weights weights) {
    return first.weights() == weights && (first.layer() == layer || first.layer().equals(layer));
  }

  private Set<Integer> needed(List<Integer> outputs) {
    Set<Integer> needed = new HashSet<>(outputs);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (needed.contains(i)) {
        needed.addAll(nodes.get(i).inputs());
      }
    }
    return needed;
  }

  private int source(String layer, SymbolicTensor tensor) {
    if (tensor.builder() != this) {
      throw new InvalidLayerException(
          "Layer '" + layer + "' was given a tensor of another model's builder.");
    }
    return sources.get(tensor.value());
  }

  private SymbolicTensor tensor(int source) {
    sources.add(source);
    return new SymbolicTensor(this, sources.size() - 1);
  }
}
