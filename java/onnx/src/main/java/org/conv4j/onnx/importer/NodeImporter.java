package org.conv4j.onnx.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.onnx.format.Attribute;
import org.conv4j.onnx.format.GraphNode;
import org.conv4j.onnx.format.ModelFile;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.onnx.operator.Operators;
import org.conv4j.onnx.shape.Known;
import org.conv4j.onnx.shape.NodeInfo;
import org.conv4j.onnx.shape.NumberOperators;
import org.conv4j.onnx.shape.Numbers;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** Turns nodes into layers, or into expressions where all that they take is known. */
final class NodeImporter {
  /** A constant of more real numbers is a weight, which nobody computes shapes with. */
  private static final int MOST_REALS = 4096;

  private final String source;
  private final ModelFile file;
  private final LayerMaker layers;
  private final FunctionExpansion functions;
  private final Branches branches;
  private final Budget folded;

  NodeImporter(String source, ModelFile file, FunctionalBuilder builder, Limits limits) {
    this.source = source;
    this.file = file;
    this.layers = new LayerMaker(builder, limits);
    this.functions = new FunctionExpansion(source, file.functions(), limits);
    this.branches = new Branches(source, file.opset(), layers, this);
    this.folded = limits.budget(Limit.CONSTANT_BYTES, source);
  }

  /** Names all operators that are not supported at once. */
  void requireSupported(List<GraphNode> nodes) {
    Map<String, List<String>> missing = new TreeMap<>();
    missing(nodes, missing);
    if (missing.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<String>> operator : missing.entrySet()) {
      text.append(text.length() == 0 ? "" : ", ").append(operator.getKey());
      List<String> names = operator.getValue();
      text.append(names.size() > 1 ? " (%d nodes, the first is '" : " (node '")
          .append(names.get(0))
          .append("')");
      int mark = text.indexOf("%d");
      if (mark >= 0) {
        text.replace(mark, mark + 2, Integer.toString(names.size()));
      }
    }
    throw new InvalidLayerException(
        "%s uses operators that are not supported (opset %d): %s."
            .formatted(source, file.opset(), text));
  }

  private void missing(List<GraphNode> nodes, Map<String, List<String>> missing) {
    for (GraphNode node : nodes) {
      boolean own = node.domain().isEmpty();
      boolean known =
          functions.defines(node)
              || own
                  && (Operators.knows(node.operator())
                      || NumberOperators.knows(node.operator())
                      || node.operator().equals("Constant")
                      || node.operator().equals("If"));
      if (!known) {
        String operator = own ? node.operator() : node.domain() + "." + node.operator();
        String name = node.name().isEmpty() ? node.outputs().toString() : node.name();
        missing.computeIfAbsent(operator, key -> new ArrayList<>()).add(name);
      }
      for (Attribute attribute : node.attributes().values()) {
        if (attribute.graph() != null) {
          missing(attribute.graph().nodes(), missing);
        }
      }
    }
  }

  /** Defines the outputs of nodes, each of which comes after those that it needs. */
  void run(List<GraphNode> nodes, Scope scope) {
    for (GraphNode node : nodes) {
      if (functions.defines(node)) {
        functions.expand(node, scope, this);
      } else if (node.operator().equals("Constant")) {
        define(node, 0, constant(node), scope);
      } else if (node.operator().equals("If")) {
        branches.choose(node, info(node), scope);
      } else {
        apply(node, scope);
      }
    }
  }

  static void define(GraphNode node, int output, Operand operand, Scope scope) {
    if (output < node.outputs().size() && !node.outputs().get(output).isEmpty()) {
      scope.define(node.outputs().get(output), operand);
    }
  }

  private NodeInfo info(GraphNode node) {
    String name = layers.name(node.name().isEmpty() ? node.operator() : node.name());
    return new NodeInfo(
        name, node.operator(), file.opset(), node.attributes(), node.outputs().size());
  }

  private Operand constant(GraphNode node) {
    Operand constant = ConstantNodes.value(node);
    if (constant == null) {
      throw info(node).invalid("it has no value that can be computed with");
    }
    return constant;
  }

  private static Operand known(Numbers numbers) {
    return new Operand.Expression(Known.of(numbers));
  }

  Operand find(String name, Scope scope) {
    return name.isEmpty() ? null : scope.find(name);
  }

  private void apply(GraphNode node, Scope scope) {
    NodeInfo info = info(node);
    List<Operand> operands = new ArrayList<>();
    for (String input : node.inputs()) {
      operands.add(find(input, scope));
    }
    boolean measures = node.operator().equals("Shape") || node.operator().equals("Size");
    if (measures && !operands.isEmpty() && operands.get(0) instanceof Operand.Computed value) {
      define(node, 0, new Operand.Expression(layers.shapeOf(info, value)), scope);
      return;
    }
    if (measures && !operands.isEmpty() && operands.get(0) instanceof Operand.Stored stored) {
      Numbers dims = NumberOperators.shape(info, stored.data().dims().toArray());
      Numbers count = Numbers.of(TensorType.INT64, new long[0], new long[] {stored.data().count()});
      define(node, 0, known(node.operator().equals("Shape") ? dims : count), scope);
      return;
    }
    List<Known> expressions = expressions(node, operands);
    Operand filled = expressions == null ? null : filled(info, node, expressions);
    if (filled != null) {
      define(node, 0, filled, scope);
      return;
    }
    List<TensorType> types = new ArrayList<>();
    for (Operand operand : operands) {
      types.add(operand == null ? TensorType.OTHER : operand.type());
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      if (node.outputs().get(i).isEmpty()) {
        continue;
      }
      TensorType type = Types.result(info, types, i);
      if (expressions != null) {
        define(node, i, new Operand.Expression(apply(info, expressions, i, type)), scope);
      } else if (Operators.knows(node.operator())) {
        define(node, i, layers.layer(info, i, operands, type), scope);
      } else {
        throw info.invalid("it is only computed of constants and shapes");
      }
    }
  }

  /** Weights that are one number, as networks have that are shared without theirs; or null. */
  private static Operand filled(NodeInfo info, GraphNode node, List<Known> inputs) {
    boolean constant =
        node.operator().equals("ConstantOfShape")
            && inputs.size() == 1
            && inputs.get(0) != null
            && inputs.get(0).numbers() != null;
    if (!constant) {
      return null;
    }
    Shape shape = Shape.ofElements(inputs.get(0).numbers().integers());
    Numbers number = NumberOperators.apply(info, List.of(Numbers.vector()), 0);
    boolean large = number.type().isFloating() && shape.elementCount() > MOST_REALS;
    return large
        ? new Operand.Filled(info.name(), number.type(), new Constant.Filled(shape, number.real(0)))
        : null;
  }

  /** The inputs as expressions, or null if this is not for expressions. */
  private List<Known> expressions(GraphNode node, List<Operand> operands) {
    if (!NumberOperators.knows(node.operator())) {
      return null;
    }
    List<Known> expressions = new ArrayList<>();
    for (Operand operand : operands) {
      Known known = operand == null ? null : expression(operand);
      if (operand != null && known == null) {
        return null;
      }
      expressions.add(known);
    }
    return expressions;
  }

  /** An operand as an expression, or null if it is none. */
  Known expression(Operand operand) {
    if (operand instanceof Operand.Expression expression) {
      return expression.known();
    }
    if (operand instanceof Operand.Stored stored) {
      long most = stored.type().isFloating() ? MOST_REALS : Numbers.MOST;
      if (stored.type().elements() != null && stored.data().count() <= most) {
        Numbers numbers = Numbers.read(stored.data());
        folded.spend((long) numbers.count() * Double.BYTES);
        return Known.of(numbers);
      }
    }
    return null;
  }

  /** Computes at once what depends on constants only. */
  private Known apply(NodeInfo info, List<Known> inputs, int output, TensorType type) {
    List<Numbers> numbers = new ArrayList<>();
    for (Known input : inputs) {
      if (input != null && input.numbers() == null) {
        return Known.applied(info, inputs, output, type);
      }
      numbers.add(input == null ? null : input.numbers());
    }
    Numbers result = NumberOperators.apply(info, numbers, output);
    folded.spend((long) result.count() * Double.BYTES);
    return Known.of(result);
  }

  /** A result of the model: constants become layers that return them. */
  SymbolicTensor output(String name, Operand operand) {
    if (operand instanceof Operand.Computed computed) {
      return computed.tensor();
    }
    NodeInfo identity = new NodeInfo(layers.name(name), "Identity", file.opset(), Map.of(), 1);
    return layers.layer(identity, 0, List.of(operand), operand.type()).tensor();
  }
}
