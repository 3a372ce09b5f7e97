package org.conv4j.onnx.shape;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.onnx.format.Attribute;
import org.conv4j.onnx.format.TensorType;

/** The operators that are computed while a model is loaded or compiled. */
public final class NumberOperators {
  private static final List<String> KNOWN =
      List.of(
          "Abs",
          "Add",
          "And",
          "ArgMax",
          "ArgMin",
          "Cast",
          "CastLike",
          "Ceil",
          "Clip",
          "Concat",
          "ConstantOfShape",
          "Cos",
          "CumSum",
          "Div",
          "Dropout",
          "Equal",
          "Erf",
          "Exp",
          "Expand",
          "EyeLike",
          "Flatten",
          "Floor",
          "Gather",
          "Greater",
          "GreaterOrEqual",
          "Identity",
          "Less",
          "LessOrEqual",
          "Log",
          "Max",
          "Min",
          "Mod",
          "Mul",
          "Neg",
          "NonZero",
          "Not",
          "Or",
          "Pow",
          "Range",
          "Reciprocal",
          "ReduceMax",
          "ReduceMean",
          "ReduceMin",
          "ReduceProd",
          "ReduceSum",
          "Reshape",
          "Round",
          "ScatterND",
          "Shape",
          "Sign",
          "Sin",
          "Size",
          "Slice",
          "Split",
          "Sqrt",
          "Squeeze",
          "Sub",
          "Sum",
          "Tile",
          "Transpose",
          "Trilu",
          "Unsqueeze",
          "Where",
          "Xor");

  /** Take any number of inputs, of which none is optional. */
  private static final List<String> JOINED = List.of("Concat", "Max", "Min", "Sum");

  private NumberOperators() {}

  /** The operators' names. */
  public static List<String> names() {
    return KNOWN;
  }

  /** Whether an operator is one of them. */
  public static boolean knows(String operator) {
    return KNOWN.contains(operator);
  }

  /**
   * Computes one output of a node.
   *
   * @param node the node
   * @param inputs its inputs, null where an optional one is left out
   * @param output which output
   * @return the output
   */
  public static Numbers apply(NodeInfo node, List<Numbers> inputs, int output) {
    requireInputs(node, inputs);
    try {
      Numbers result = created(node, inputs);
      result = result == null ? NumberMovement.apply(node, inputs, output) : result;
      result = result == null ? NumberArithmetic.apply(node, inputs) : result;
      result = result == null ? NumberReduction.apply(node, inputs) : result;
      if (result == null) {
        throw node.invalid("it is not computed with shapes");
      }
      return result;
    } catch (ArithmeticException overflow) {
      throw node.invalid("a number is too large");
    }
  }

  private static void requireInputs(NodeInfo node, List<Numbers> inputs) {
    int least =
        switch (node.operator()) {
          case "Range", "ScatterND", "Where" -> 3;
          case "Add",
              "And",
              "CastLike",
              "CumSum",
              "Div",
              "Equal",
              "Expand",
              "Gather",
              "Greater",
              "GreaterOrEqual",
              "Less",
              "LessOrEqual",
              "Mod",
              "Mul",
              "Or",
              "Pow",
              "Sub",
              "Tile",
              "Xor" ->
              2;
          default -> 1;
        };
    for (int i = 0; i < Math.max(least, inputs.size()); i++) {
      boolean needed = i < least || JOINED.contains(node.operator());
      if (needed && (i >= inputs.size() || inputs.get(i) == null)) {
        throw node.invalid("it lacks input " + i);
      }
    }
  }

  private static Numbers created(NodeInfo node, List<Numbers> inputs) {
    return switch (node.operator()) {
      case "Shape" -> shape(node, inputs.get(0).dims());
      case "Size" -> Numbers.vector(inputs.get(0).count()).reshape();
      case "ConstantOfShape" -> filled(node, inputs.get(0).integers());
      case "Range" -> range(node, inputs.get(0), inputs.get(1), inputs.get(2));
      case "NonZero" -> nonZero(inputs.get(0));
      case "EyeLike" -> eye(node, inputs.get(0));
      default -> null;
    };
  }

  /** What Shape says about some extents. */
  public static Numbers shape(NodeInfo node, long[] dims) {
    int rank = dims.length;
    int start = bounded(node.integer("start", 0), rank);
    int end = bounded(node.integer("end", rank), rank);
    long[] part = new long[Math.max(0, end - start)];
    System.arraycopy(dims, part.length == 0 ? 0 : start, part, 0, part.length);
    return Numbers.vector(part);
  }

  private static int bounded(int place, int rank) {
    return Math.max(0, Math.min(rank, place < 0 ? place + rank : place));
  }

  private static Numbers filled(NodeInfo node, long[] dims) {
    Attribute value = node.attributes().get("value");
    Numbers element =
        value == null || value.tensor() == null
            ? Numbers.of(TensorType.FLOAT, new long[0], new double[] {0})
            : Numbers.read(value.tensor());
    return NumberMovement.filled(node, element, dims);
  }

  private static Numbers range(NodeInfo node, Numbers start, Numbers limit, Numbers delta) {
    double step = delta.real(0);
    double span = (limit.real(0) - start.real(0)) / step;
    if (step == 0 || Double.isNaN(span)) {
      throw node.invalid("a step must not be 0");
    }
    int count = Numbers.requireSmall((long) Math.max(0, Math.ceil(span)), node.name());
    long[] dims = {count};
    if (start.type().isInteger()) {
      long[] values = new long[count];
      for (int i = 0; i < count; i++) {
        values[i] = start.integer(0) + i * delta.integer(0);
      }
      return Numbers.of(start.type(), dims, values);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = start.real(0) + i * step;
    }
    return Numbers.of(start.type(), dims, values);
  }

  private static Numbers nonZero(Numbers in) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < in.count(); i++) {
      if (in.real(i) != 0) {
        found.add(i);
      }
    }
    int rank = in.rank();
    long[] own = Strides.of(in.dims());
    long[] indices = new long[rank * found.size()];
    for (int i = 0; i < found.size(); i++) {
      for (int axis = 0; axis < rank; axis++) {
        indices[axis * found.size() + i] = found.get(i) / own[axis] % in.dims()[axis];
      }
    }
    return Numbers.of(TensorType.INT64, new long[] {rank, found.size()}, indices);
  }

  private static Numbers eye(NodeInfo node, Numbers in) {
    int shift = node.integer("k", 0);
    if (in.rank() != 2) {
      throw node.invalid("its input needs 2 dimensions; given " + in.rank());
    }
    double[] values = new double[in.count()];
    int columns = (int) in.dims()[1];
    for (int row = 0; row < in.dims()[0]; row++) {
      if (row + shift >= 0 && row + shift < columns) {
        values[row * columns + row + shift] = 1;
      }
    }
    TensorType type = node.has("dtype") ? TensorType.of(node.integer("dtype", 1)) : in.type();
    return Numbers.converted(type, in.dims(), values);
  }
}
