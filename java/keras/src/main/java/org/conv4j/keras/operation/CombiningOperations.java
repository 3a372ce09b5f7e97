package org.conv4j.keras.operation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.keras.layer.Config;
import org.conv4j.layer.Layer;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Average;
import org.conv4j.layer.merging.Concatenate;
import org.conv4j.layer.merging.Maximum;
import org.conv4j.layer.merging.Minimum;
import org.conv4j.layer.pooling.PoolingOptions;
import org.conv4j.operation.Any;
import org.conv4j.operation.Arithmetic;
import org.conv4j.operation.Logical;
import org.conv4j.operation.Matmul;
import org.conv4j.operation.Normalize;
import org.conv4j.operation.NotEqual;
import org.conv4j.operation.Pool;
import org.conv4j.operation.Reduce;
import org.conv4j.operation.Variance;
import org.conv4j.operation.reshaping.Stack;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.weights.Constant;

/** The operations that make one element of several, of one tensor or of two. */
final class CombiningOperations {
  private CombiningOperations() {}

  static void addTo(Map<String, Function<OperationCall, OperationLayer>> readers) {
    Map.of(
            "Add", BinaryFunction.ADD,
            "Subtract", BinaryFunction.SUBTRACT,
            "Multiply", BinaryFunction.MULTIPLY,
            "TrueDivide", BinaryFunction.DIVIDE,
            "Divide", BinaryFunction.DIVIDE,
            "Maximum", BinaryFunction.MAXIMUM,
            "Minimum", BinaryFunction.MINIMUM)
        .forEach((name, function) -> readers.put(name, call -> arithmetic(call, function)));
    readers.put("Power", CombiningOperations::power);
    Map.of(
            "Mean", ReductionKind.MEAN,
            "Sum", ReductionKind.SUM,
            "Max", ReductionKind.MAX,
            "Amax", ReductionKind.MAX,
            "Min", ReductionKind.MIN,
            "Amin", ReductionKind.MIN)
        .forEach((name, kind) -> readers.put(name, call -> reduce(call, kind)));
    readers.put("Any", CombiningOperations::any);
    readers.put("LogicalAnd", call -> call.of(2, new Logical(call.name(), true)));
    readers.put("LogicalOr", call -> call.of(2, new Logical(call.name(), false)));
    readers.put("NotEqual", CombiningOperations::notEqual);
    readers.put("Var", call -> variance(call, false));
    readers.put("Std", call -> variance(call, true));
    readers.put("Concatenate", CombiningOperations::concatenate);
    readers.put("Stack", CombiningOperations::stack);
    readers.put("Matmul", CombiningOperations::matmul);
    readers.put("Normalize", CombiningOperations::normalize);
    readers.put("MaxPool", call -> pooling(call, PoolingKind.MAX));
    readers.put("AveragePool", call -> pooling(call, PoolingKind.AVERAGE));
  }

  private static OperationLayer arithmetic(OperationCall call, BinaryFunction function) {
    return call.ofMixed(new Arithmetic(call.name(), function, call.constant(0), call.constant(1)));
  }

  /** Squares and roots are faster than powers, and have their signs at zero. */
  private static OperationLayer power(OperationCall call) {
    Constant exponent = call.constant(1);
    if (exponent != null && exponent.shape().rank() == 0 && call.constant(0) == null) {
      double value = exponent.elements()[0];
      if (value == 2 || value == 0.5) {
        ElementwiseFunction function =
            value == 2 ? ElementwiseFunction.SQUARE : ElementwiseFunction.SQUARE_ROOT;
        return call.ofMixed(new org.conv4j.layer.activation.Activation(call.name(), function));
      }
    }
    return arithmetic(call, BinaryFunction.POWER);
  }

  private static OperationLayer reduce(OperationCall call, ReductionKind kind) {
    call.config().refuse("initial", "only what is in the tensor counts");
    boolean keepDims = call.config().flag("keepdims", false);
    if (call.isList()) {
      return merge(call, kind, keepDims);
    }
    return call.of(1, new Reduce(call.name(), kind, call.axes("axis"), keepDims));
  }

  private static OperationLayer any(OperationCall call) {
    boolean keepDims = call.config().flag("keepdims", false);
    return call.of(1, new Any(call.name(), call.axes("axis"), keepDims));
  }

  /** What makes masks. */
  private static OperationLayer notEqual(OperationCall call) {
    Constant number = call.constant(1);
    if (number == null || number.shape().rank() != 0 || call.constant(0) != null) {
      throw call.config().invalid("x2", "one number, compared with a tensor", call.operand(1));
    }
    return call.ofMixed(new NotEqual(call.name(), number.elements()[0]));
  }

  /** Tensors in a list are stacked: along the new axis, this is what merging layers do. */
  private static OperationLayer merge(OperationCall call, ReductionKind kind, boolean keepDims) {
    IntTuple axes = call.axes("axis");
    if (keepDims || axes == null || axes.size() != 1 || axes.get(0) != 0) {
      throw call.config().invalid("axis", "0 for a list of tensors, without keepdims", axes);
    }
    Layer layer =
        switch (kind) {
          case SUM -> new Add(call.name());
          case MEAN -> new Average(call.name());
          case MAX -> new Maximum(call.name());
          case MIN -> new Minimum(call.name());
        };
    return new OperationLayer(layer, call.list());
  }

  private static OperationLayer variance(OperationCall call, boolean root) {
    boolean keepDims = call.config().flag("keepdims", false);
    return call.of(1, new Variance(call.name(), call.axes("axis"), keepDims, root));
  }

  private static OperationLayer concatenate(OperationCall call) {
    int axis = call.config().number("axis", -1);
    return new OperationLayer(new Concatenate(call.name(), axis), call.list());
  }

  private static OperationLayer stack(OperationCall call) {
    List<TensorRef> tensors = call.list();
    int axis = call.config().number("axis", 0);
    return new OperationLayer(new Stack(call.name(), tensors.size(), axis), tensors);
  }

  private static OperationLayer matmul(OperationCall call) {
    return call.ofMixed(
        new Matmul(
            call.name(),
            call.constant(0),
            call.constant(1),
            call.config().flag("transpose_a", false),
            call.config().flag("transpose_b", false)));
  }

  private static OperationLayer pooling(OperationCall call, PoolingKind kind) {
    Config config = call.config();
    IntTuple size = call.axes("pool_size");
    if (size == null) {
      throw config.invalid("pool_size", "a whole number or a list of them", null);
    }
    PoolingOptions options =
        new PoolingOptions(
            call.name(),
            size,
            call.axes("strides"),
            config.choice("padding", Padding.class, Padding.VALID),
            config.choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST));
    return call.of(1, new Pool(options, kind));
  }

  /** Norms below epsilon count as epsilon, which is Keras's own where none is given. */
  private static OperationLayer normalize(OperationCall call) {
    Config config = call.config();
    double epsilon = config.has("epsilon") ? config.real("epsilon") : 1e-7;
    boolean all = config.get("axis").isNull();
    IntTuple axes = all ? null : config.has("axis") ? call.axes("axis") : IntTuple.of(-1);
    return call.of(1, new Normalize(call.name(), axes, config.number("order", 2), epsilon));
  }
}
