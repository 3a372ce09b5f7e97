package org.conv4j.onnx.importer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.onnx.call.Argument;
import org.conv4j.onnx.format.TensorData;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.onnx.operator.NodeLayer;
import org.conv4j.onnx.shape.Guard;
import org.conv4j.onnx.shape.Known;
import org.conv4j.onnx.shape.NodeInfo;
import org.conv4j.onnx.shape.NumberOperators;
import org.conv4j.onnx.shape.Numbers;
import org.conv4j.weights.Constant;

/** Makes layers and adds them to the model. */
final class LayerMaker {
  private final FunctionalBuilder builder;
  private final Limits limits;
  private final Budget parts;
  private final Map<String, Integer> names = new HashMap<>();
  private final Map<Operand.Computed, Constant> constants = new IdentityHashMap<>();

  /** One for each tensor, so that equal steps are known by their weights. */
  private final Map<TensorData, Constant> weights = new IdentityHashMap<>();

  /** The branches that the next layers stand in, the outermost first. */
  private final List<Guard> guards = new ArrayList<>();

  LayerMaker(FunctionalBuilder builder, Limits limits) {
    this.builder = builder;
    this.limits = limits;
    this.parts = limits.budget(Limit.NODES, "The arithmetic on shapes");
  }

  /** The layers that come next stand in a branch. */
  void enter(Guard guard) {
    guards.add(guard);
  }

  /** The branch that was entered last ends. */
  void leave() {
    guards.remove(guards.size() - 1);
  }

  /** A name that no layer has yet. */
  String name(String wanted) {
    String name = wanted;
    while (names.putIfAbsent(name, 0) != null) {
      name = wanted + "_" + names.merge(wanted, 1, Integer::sum);
    }
    return name;
  }

  /** The shape of a value, at once if it is a constant. */
  Known shapeOf(NodeInfo node, Operand.Computed value) {
    if (!value.constant()) {
      return Known.shapeOf(node, value);
    }
    long[] dims = constant(value).shape().toArray();
    return Known.of(
        node.operator().equals("Size")
            ? Numbers.of(
                TensorType.INT64, new long[0], new long[] {constant(value).shape().elementCount()})
            : NumberOperators.shape(node, dims));
  }

  /** Adds the layer for one output of a node. */
  Operand.Computed layer(NodeInfo node, int output, List<Operand> operands, TensorType type) {
    List<Known> roots = new ArrayList<>();
    boolean constant = true;
    for (Operand operand : operands) {
      if (operand instanceof Operand.Expression expression) {
        roots.add(expression.known());
      } else if (operand instanceof Operand.Computed computed) {
        constant &= computed.constant();
      }
    }
    List<Known> order = Known.order(roots);
    constant &= Known.values(order).isEmpty();
    List<Guard> guarding = constant ? List.of() : List.copyOf(guards);
    for (Guard guard : guarding) {
      roots.add(guard.condition());
    }
    order = guarding.isEmpty() ? order : Known.order(roots);
    parts.spend(order.size());
    List<Object> measured = Known.values(order);
    List<Operand.Computed> inputs = new ArrayList<>();
    Map<Operand.Computed, Integer> places = new IdentityHashMap<>();
    List<Argument> arguments = new ArrayList<>();
    for (Operand operand : operands) {
      arguments.add(argument(operand, constant, inputs, places));
    }
    Map<Object, Integer> shapes = new IdentityHashMap<>();
    for (Object value : measured) {
      shapes.put(value, place((Operand.Computed) value, inputs, places));
    }
    String name = output == 0 ? node.name() : name(node.name() + ":" + output);
    NodeLayer layer = new NodeLayer(name, node, output, arguments, guarding, shapes, limits);
    SymbolicTensor[] tensors = new SymbolicTensor[inputs.size()];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = inputs.get(i).tensor();
    }
    SymbolicTensor tensor = builder.apply(layer, layer.weights(), tensors);
    return new Operand.Computed(name, type, tensor, layer, inputs, constant);
  }

  private Argument argument(
      Operand operand,
      boolean constant,
      List<Operand.Computed> inputs,
      Map<Operand.Computed, Integer> places) {
    if (operand == null) {
      return new Argument.Missing();
    }
    if (operand instanceof Operand.Expression expression) {
      return new Argument.Expression(expression.known());
    }
    if (operand instanceof Operand.Stored stored) {
      TensorData data = stored.data();
      return new Argument.Weight(data.name(), stored(data), data, data.type());
    }
    if (operand instanceof Operand.Filled filled) {
      return new Argument.Weight(filled.name(), filled.constant(), null, filled.type());
    }
    Operand.Computed computed = (Operand.Computed) operand;
    if (computed.constant() && !constant) {
      return new Argument.Weight(computed.name(), constant(computed), null, computed.type());
    }
    return new Argument.Given(place(computed, inputs, places), computed.type());
  }

  private Constant stored(TensorData data) {
    return weights.computeIfAbsent(
        data, key -> new Constant.Stored(key.dims(), () -> key.elements().read()));
  }

  private static int place(
      Operand.Computed value,
      List<Operand.Computed> inputs,
      Map<Operand.Computed, Integer> places) {
    Integer place = places.get(value);
    if (place == null) {
      place = inputs.size();
      inputs.add(value);
      places.put(value, place);
    }
    return place;
  }

  /** What a value is in every run. */
  private Constant constant(Operand.Computed value) {
    Constant constant = constants.get(value);
    if (constant == null) {
      constant = ComputedConstant.of(value);
      constants.put(value, constant);
    }
    return constant;
  }
}
