package org.conv4j.onnx.operator;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Layer;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Argument;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.shape.Evaluation;
import org.conv4j.onnx.shape.Guard;
import org.conv4j.onnx.shape.NodeInfo;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * One output of a node as a layer. It takes the values that the node computes with and those whose
 * shapes its expressions need. What it computes is written by its operator only; its output shape
 * is that of what the operator writes. In a branch that is not taken it computes nothing. Safe for
 * any thread.
 */
public final class NodeLayer implements Layer {
  /** Stand for extents that are open: what differs between the two depends on them. */
  private static final long[] PROBES = {192, 256};

  /** What a layer returns whose branch is not taken. */
  private static final Shape NOT_TAKEN = Shape.ofElements(0);

  private final String name;
  private final NodeInfo node;
  private final int output;
  private final List<Argument> arguments;
  private final List<Guard> guards;
  private final Map<Object, Integer> shapeInputs;
  private final Limits limits;

  /** The last shapes that were asked for, for they are asked for again. */
  private volatile Found found;

  private record Found(List<Shape> inputs, Shape output) {}

  /**
   * Makes a layer.
   *
   * @param name a name that no other layer has
   * @param node the node
   * @param output which of its outputs
   * @param arguments its inputs
   * @param guards the branches it stands in, the outermost first
   * @param shapeInputs for each value whose shape expressions need, which input of the layer it is
   * @param limits how much may be computed beforehand
   */
  public NodeLayer(
      String name,
      NodeInfo node,
      int output,
      List<Argument> arguments,
      List<Guard> guards,
      Map<Object, Integer> shapeInputs,
      Limits limits) {
    this.name = name;
    this.node = node;
    this.output = output;
    this.arguments = List.copyOf(arguments);
    this.guards = List.copyOf(guards);
    this.shapeInputs = new IdentityHashMap<>(shapeInputs);
    this.limits = limits;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String className() {
    return node.operator();
  }

  /** Returns the weights that the layer's operator reads. */
  public Weights weights() {
    Map<String, Constant> constants = new LinkedHashMap<>();
    for (Argument argument : arguments) {
      if (argument instanceof Argument.Weight weight && !weight.constant().shape().isEmpty()) {
        constants.put(weight.name(), weight.constant());
      }
    }
    return constants.isEmpty() ? Weights.none() : Weights.ofConstants(constants);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    Map<String, WeightSpec> specs = new LinkedHashMap<>();
    for (Argument argument : arguments) {
      if (argument instanceof Argument.Weight weight && !weight.constant().shape().isEmpty()) {
        specs.put(weight.name(), new WeightSpec(weight.name(), weight.constant().shape()));
      }
    }
    return List.copyOf(specs.values());
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Found last = found;
    if (last != null && last.inputs().equals(inputs)) {
      return last.output();
    }
    boolean known = true;
    for (Shape input : inputs) {
      known &= input.isKnown();
    }
    Shape shape = known ? closed(inputs) : open(inputs);
    found = new Found(List.copyOf(inputs), shape);
    return shape;
  }

  @Override
  public boolean takesEmpty() {
    return Operators.family(node.operator()).takesEmpty();
  }

  private Shape closed(List<Shape> inputs) {
    Lowering scratch = new Lowering(inputs, limits);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.add(scratch.input(i));
    }
    return lower(scratch, values, null).shape();
  }

  private Shape open(List<Shape> inputs) {
    Shape one = closed(probe(inputs, PROBES[0]));
    Shape other = closed(probe(inputs, PROBES[1]));
    if (one.rank() != other.rank()) {
      throw new ShapeMismatchException(
          "Layer '%s': the number of dimensions of its output depends on %s."
              .formatted(name, inputs));
    }
    long[] dims = one.toArray();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] == other.dim(i) ? dims[i] : Shape.UNKNOWN;
    }
    return Shape.open(dims);
  }

  private static List<Shape> probe(List<Shape> inputs, long extent) {
    List<Shape> shapes = new ArrayList<>();
    for (Shape input : inputs) {
      long[] dims = input.extents();
      for (int i = 0; i < dims.length; i++) {
        dims[i] = dims[i] == Shape.UNKNOWN ? extent : dims[i];
      }
      shapes.add(Shape.ofElements(dims));
    }
    return shapes;
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    try {
      Map<Object, Shape> shapes = new IdentityHashMap<>();
      for (Map.Entry<Object, Integer> needed : shapeInputs.entrySet()) {
        shapes.put(needed.getKey(), inputs.get(needed.getValue()).shape());
      }
      Evaluation known =
          new Evaluation(shapes, limits.budget(Limit.CONSTANT_BYTES, "Layer '" + name + "'"));
      for (Guard guard : guards) {
        if (!guard.isTaken(known)) {
          return lowering.empty(NOT_TAKEN);
        }
      }
      Call call = new Call(name, node, output, arguments, lowering, inputs, known, weights);
      return Operators.family(node.operator()).lower(call);
    } catch (ShapeMismatchException misfit) {
      throw named(misfit);
    } catch (ArithmeticException | NegativeArraySizeException overflow) {
      throw new InvalidLayerException(
          "Layer '%s' (%s): its numbers are too large.".formatted(name, className()), overflow);
    }
  }

  /** The ops do not know which layer they are for. */
  private Conv4jException named(ShapeMismatchException misfit) {
    String message = misfit.getMessage();
    return message.startsWith("Layer '")
        ? misfit
        : new ShapeMismatchException(
            "Layer '%s' (%s): %s".formatted(name, className(), message), misfit);
  }

  @Override
  public String toString() {
    return className() + " '" + name + "'";
  }
}
