package org.conv4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.layer.merging.Concatenate;
import org.conv4j.layer.operation.Arithmetic;
import org.conv4j.layer.operation.Matmul;
import org.conv4j.layer.operation.Reduce;
import org.conv4j.layer.operation.Stack;
import org.conv4j.layer.operation.Variance;
import org.conv4j.lowering.Constant;
import org.conv4j.op.Binary;
import org.conv4j.op.Reduction;

/** The operations that make one element of several, of one tensor or of two. */
final class CombiningOperations {
  private CombiningOperations() {}

  static void addTo(Map<String, Function<OperationCall, Operation>> readers) {
    Map.of(
            "Add", Binary.Function.ADD,
            "Subtract", Binary.Function.SUBTRACT,
            "Multiply", Binary.Function.MULTIPLY,
            "TrueDivide", Binary.Function.DIVIDE,
            "Divide", Binary.Function.DIVIDE,
            "Maximum", Binary.Function.MAXIMUM,
            "Minimum", Binary.Function.MINIMUM)
        .forEach((name, function) -> readers.put(name, call -> arithmetic(call, function)));
    readers.put("Power", CombiningOperations::power);
    Map.of(
            "Mean", Reduction.Kind.MEAN,
            "Sum", Reduction.Kind.SUM,
            "Max", Reduction.Kind.MAX,
            "Amax", Reduction.Kind.MAX,
            "Min", Reduction.Kind.MIN,
            "Amin", Reduction.Kind.MIN)
        .forEach((name, kind) -> readers.put(name, call -> reduce(call, kind)));
    readers.put("Var", call -> variance(call, false));
    readers.put("Std", call -> variance(call, true));
    readers.put("Concatenate", CombiningOperations::concatenate);
    readers.put("Stack", CombiningOperations::stack);
    readers.put("Matmul", CombiningOperations::matmul);
    readers.put("MaxPool", call -> pooling(call, "MaxPooling"));
    readers.put("AveragePool", call -> pooling(call, "AveragePooling"));
  }

  private static Operation arithmetic(OperationCall call, Binary.Function function) {
    return call.ofMixed(new Arithmetic(call.name(), function, call.constant(0), call.constant(1)));
  }

  /** Squares and roots are faster than powers, and have their signs at zero. */
  private static Operation power(OperationCall call) {
    Constant exponent = call.constant(1);
    if (exponent != null && exponent.shape().rank() == 0 && call.constant(0) == null) {
      double value = exponent.elements()[0];
      if (value == 2 || value == 0.5) {
        ElementwiseFunction function =
            value == 2 ? ElementwiseFunction.SQUARE : ElementwiseFunction.SQUARE_ROOT;
        return call.ofMixed(new org.conv4j.layer.activation.Activation(call.name(), function));
      }
    }
    return arithmetic(call, Binary.Function.POWER);
  }

  private static Operation reduce(OperationCall call, Reduction.Kind kind) {
    call.config().refuse("initial", "only what is in the tensor counts");
    boolean keepDims = call.config().flag("keepdims", false);
    return call.of(1, new Reduce(call.name(), kind, call.axes("axis"), keepDims));
  }

  private static Operation variance(OperationCall call, boolean root) {
    boolean keepDims = call.config().flag("keepdims", false);
    return call.of(1, new Variance(call.name(), call.axes("axis"), keepDims, root));
  }

  private static Operation concatenate(OperationCall call) {
    int axis = call.config().number("axis", -1);
    return new Operation(new Concatenate(call.name(), axis), call.list());
  }

  private static Operation stack(OperationCall call) {
    List<TensorRef> tensors = call.list();
    int axis = call.config().number("axis", 0);
    return new Operation(new Stack(call.name(), tensors.size(), axis), tensors);
  }

  private static Operation matmul(OperationCall call) {
    return call.ofMixed(new Matmul(call.name(), call.constant(0), call.constant(1)));
  }

  /** The same as the pooling layers. */
  private static Operation pooling(OperationCall call, String kind) {
    ObjectNode layer = JsonNodeFactory.instance.objectNode();
    layer.put("class_name", kind + (call.rank() - 2) + "D");
    ObjectNode arguments = layer.putObject("config").put("name", call.name());
    for (String argument : List.of("pool_size", "strides", "padding", "data_format")) {
      JsonNode value = call.config().get(argument);
      if (!value.isMissingNode() && !value.isNull()) {
        arguments.set(argument, value);
      }
    }
    return call.of(
        1, LayerReader.read(layer, "Layer '" + call.name() + "'", call.config().writer()).layer());
  }
}
