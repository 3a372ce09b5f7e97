package org.conv4j.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Layer;
import org.conv4j.limit.Limits;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Value;
import org.conv4j.optimize.Optimizer;
import org.conv4j.plan.Plan;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * A directed graph of layers with their weights. Immutable; the weights, or the files that they are
 * read from, belong to the code that made them and must stay open while plans are compiled from the
 * model.
 */
public final class Model {
  private final List<InputSpec> inputs;
  private final List<Node> nodes;
  private final List<String> outputNames;
  private final List<Integer> outputValues;

  /** Made by {@link FunctionalBuilder}, which sees to it that every node follows its inputs. */
  Model(
      List<InputSpec> inputs,
      List<Node> nodes,
      List<String> outputNames,
      List<Integer> outputValues) {
    this.inputs = List.copyOf(inputs);
    this.nodes = List.copyOf(nodes);
    this.outputNames = List.copyOf(outputNames);
    this.outputValues = List.copyOf(outputValues);
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
   * Starts a chain of layers that takes any input its layers take.
   *
   * @return a builder
   */
  public static SequentialBuilder sequential() {
    return new SequentialBuilder(InputSpec.any("input"));
  }

  /**
   * Starts a chain of layers.
   *
   * @param input what it takes
   * @return a builder
   */
  public static SequentialBuilder sequential(InputSpec input) {
    return new SequentialBuilder(input);
  }

  /**
   * Starts a graph of layers.
   *
   * @return a builder
   */
  public static FunctionalBuilder functional() {
    return new FunctionalBuilder();
  }

  /**
   * Returns what the model takes.
   *
   * @return its inputs, in the order in which they are given to it
   */
  public List<InputSpec> inputs() {
    return inputs;
  }

  /**
   * Returns the applications of layers with their weights.
   *
   * @return the nodes, each after those that it takes its inputs from
   */
  public List<Node> nodes() {
    return nodes;
  }

  /**
   * Returns the names of what the model returns.
   *
   * @return its outputs' names, in the order in which it returns them
   */
  public List<String> outputNames() {
    return outputNames;
  }

  /**
   * Returns which values the model returns.
   *
   * @return for each output, a number as in {@link Node#inputs}
   */
  public List<Integer> outputValues() {
    return outputValues;
  }

  /**
   * Returns a model that returns what every layer computes.
   *
   * @return one whose outputs are its nodes, by their paths
   */
  public Model withEveryNodeAsOutput() {
    List<String> paths = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      paths.add(nodes.get(i).path());
      values.add(inputs.size() + i);
    }
    return new Model(inputs, nodes, Names.distinct(paths), values);
  }

  /**
   * Returns a model that takes its inputs in another format, for example {@code (batch, channels,
   * height, width)} for what Keras has trained on {@code (batch, height, width, channels)}. Inputs
   * of fewer than three dimensions and the outputs stay as they are.
   *
   * @param own the format of this model's inputs, which it cannot tell by itself
   * @param wanted the format in which the new one takes them
   * @return the model; this one if the formats are the same
   * @throws ShapeMismatchException if the number of an input's dimensions is open
   */
  public Model withInputFormat(DataFormat own, DataFormat wanted) {
    return InputFormat.change(this, own, wanted);
  }

  /**
   * Returns a model that takes any extent along an axis of an input, as far as its layers do.
   *
   * @param input which of the inputs
   * @param axis the axis, behind the batch's
   * @return the model; this one if the extent is open
   * @throws ShapeMismatchException if the number of the input's dimensions is open, or it has no
   *     such axis
   */
  public Model withOpenExtent(int input, int axis) {
    InputSpec spec = inputs.get(input);
    List<InputSpec> opened = new ArrayList<>(inputs);
    opened.set(input, spec.withOpenExtent(axis));
    return opened.equals(inputs) ? this : new Model(opened, nodes, outputNames, outputValues);
  }

  /**
   * Returns the shape of every value for some inputs.
   *
   * @param given the inputs' shapes, batch included; extents may be {@linkplain Shape#UNKNOWN
   *     unknown}, and those that depend on them then are, too
   * @return the shapes of the inputs, followed by the output shapes of the nodes
   * @throws org.conv4j.error.Conv4jException if the model or a layer cannot take its inputs
   */
  public List<Shape> shapes(List<Shape> given) {
    check(given);
    List<Shape> shapes = new ArrayList<>(given);
    for (Node node : nodes) {
      try {
        shapes.add(node.layer().outputShape(taken(node, shapes)));
      } catch (ShapeMismatchException | InvalidLayerException misfit) {
        throw new Misfit(this, given).explain(node, misfit);
      }
    }
    return List.copyOf(shapes);
  }

  private static List<Shape> taken(Node node, List<Shape> shapes) {
    List<Shape> taken = new ArrayList<>();
    for (int input : node.inputs()) {
      taken.add(shapes.get(input));
    }
    return taken;
  }

  /** Whether every layer can take what it is given. */
  boolean takes(List<Shape> given) {
    try {
      List<Shape> shapes = new ArrayList<>(given);
      for (Node node : nodes) {
        List<Shape> taken = taken(node, shapes);
        if (!node.weights().fit(weights(node, taken))) {
          return false;
        }
        shapes.add(node.layer().outputShape(taken));
      }
      return true;
    } catch (ShapeMismatchException | InvalidLayerException misfit) {
      return false;
    }
  }

  /**
   * Returns the shapes of the outputs for some inputs.
   *
   * @param given the inputs' shapes, batch included, which may be 0
   * @return the outputs' shapes
   * @throws org.conv4j.error.Conv4jException if the model or a layer cannot take its inputs
   */
  public List<Shape> outputShapes(List<Shape> given) {
    if (isEmptyBatch(given)) {
      check(given);
      return EmptyBatch.outputShapes(this, given);
    }
    List<Shape> shapes = shapes(given);
    return outputValues.stream().map(shapes::get).toList();
  }

  /**
   * Returns the shape of the output for an input.
   *
   * @param input the only input's shape, batch included
   * @return the only output's shape
   * @throws org.conv4j.error.Conv4jException if a layer cannot take its input, or the model has
   *     several inputs or outputs
   */
  public Shape outputShape(Shape input) {
    List<Shape> shapes = outputShapes(List.of(input));
    if (shapes.size() != 1) {
      throw new ShapeMismatchException(
          "The model has %d outputs, not one: %s.".formatted(shapes.size(), outputNames));
    }
    return shapes.get(0);
  }

  /**
   * Lowers the model to ops, as its layers stand there. A batch of 0 leaves nothing to be done.
   *
   * @param given the inputs' shapes, batch included
   * @return the program
   * @throws org.conv4j.error.Conv4jException if the model or a layer cannot take its inputs, or a
   *     weight has the wrong shape
   */
  public Program lower(List<Shape> given) {
    return lower(given, Limits.DEFAULT);
  }

  /**
   * Lowers the model to ops, as its layers stand there.
   *
   * @param given the inputs' shapes, batch included
   * @param limits how much the program may take
   * @return the program
   * @throws org.conv4j.error.Conv4jException if the model or a layer cannot take its inputs, a
   *     weight has the wrong shape, or a limit is exceeded
   */
  public Program lower(List<Shape> given, Limits limits) {
    if (isEmptyBatch(given)) {
      List<Shape> shapes = outputShapes(given);
      List<Integer> nothing = Collections.nCopies(shapes.size(), Program.NOTHING);
      return Program.of(given, Map.of(), List.of(), nothing, shapes);
    }
    check(given);
    Lowering lowering = new Lowering(given, limits);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      values.add(lowering.input(i));
    }
    for (Node node : nodes) {
      Layer layer = node.layer();
      List<Value> taken = new ArrayList<>();
      List<Shape> shapes = new ArrayList<>();
      for (int input : node.inputs()) {
        taken.add(values.get(input));
        shapes.add(values.get(input).shape());
      }
      lowering.scope(node.scope());
      try {
        checkWeights(node, shapes);
        Value output = layer.lower(lowering, taken, node.weights());
        check(node, layer.outputShape(shapes), output);
        values.add(output);
      } catch (ShapeMismatchException | InvalidLayerException misfit) {
        throw new Misfit(this, given).explain(node, misfit);
      }
    }
    return lowering.finish(outputValues.stream().map(values::get).toList());
  }

  /** Whether inputs without elements are a matter of the model as a whole, not of its layers. */
  private boolean isEmptyBatch(List<Shape> given) {
    if (EmptyBatch.isOne(given)) {
      for (Node node : nodes) {
        if (!node.layer().takesEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private static void checkWeights(Node node, List<Shape> taken) {
    node.weights().check(node.path(), weights(node, taken));
  }

  private static List<WeightSpec> weights(Node node, List<Shape> taken) {
    return InvalidLayerException.requireCopy(
        node.layer().weights(taken), "The weights of layer '" + node.path() + "'");
  }

  /** Anybody may write a layer, which then says the same thing in two places. */
  private static void check(Node node, Shape promised, Value output) {
    InvalidLayerException.requirePresent(output, "The output of layer '" + node.path() + "'");
    if (!output.shape().equals(promised)) {
      throw new ShapeMismatchException(
          "Layer '%s' (%s) promises an output of shape %s; it has lowered to one of %s."
              .formatted(node.path(), node.layer().className(), promised, output.shape()));
    }
  }

  /**
   * Lowers a model with one input to ops, as its layers stand there.
   *
   * @param input the input's shape, batch included
   * @return the program
   * @throws org.conv4j.error.Conv4jException as {@link #lower(List)} does
   */
  public Program lower(Shape input) {
    return lower(List.of(input));
  }

  /**
   * Optimises and compiles the model.
   *
   * @param given the inputs' shapes, batch included
   * @param dataType the type to compute with
   * @param engine an available engine
   * @param options how to compile
   * @return the plan, which the caller closes
   * @throws org.conv4j.error.Conv4jException if the model cannot take the inputs or the engine
   *     cannot run it
   */
  public Plan compile(List<Shape> given, DataType dataType, Engine engine, CompileOptions options) {
    Program program = Optimizer.optimize(lower(given, options.limits()), options.limits());
    return Plan.compile(program.as(dataType), engine, options);
  }

  /**
   * Compiles a model with one input.
   *
   * @param input the input's shape, batch included
   * @param dataType the type to compute with
   * @param engine an available engine
   * @param options how to compile
   * @return the plan, which the caller closes
   * @throws org.conv4j.error.Conv4jException as {@link #compile(List, DataType, Engine,
   *     CompileOptions)} does
   */
  public Plan compile(Shape input, DataType dataType, Engine engine, CompileOptions options) {
    return compile(List.of(input), dataType, engine, options);
  }

  private void check(List<Shape> given) {
    if (given.size() != inputs.size()) {
      throw new ShapeMismatchException(
          "The model takes %d inputs (%s); given %d."
              .formatted(
                  inputs.size(),
                  String.join(", ", inputs.stream().map(InputSpec::name).toList()),
                  given.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).check(given.get(i));
    }
  }
}
