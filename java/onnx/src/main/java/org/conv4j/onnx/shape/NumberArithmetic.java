package org.conv4j.onnx.shape;

import java.util.List;
import org.conv4j.onnx.format.TensorType;

/** Functions of single numbers and of two, and comparisons. */
final class NumberArithmetic {
  private NumberArithmetic() {}

  /** The result, or null if this does not know the operator. */
  static Numbers apply(NodeInfo node, List<Numbers> inputs) {
    return switch (node.operator()) {
      case "Neg",
          "Abs",
          "Floor",
          "Ceil",
          "Round",
          "Sqrt",
          "Reciprocal",
          "Exp",
          "Log",
          "Sign",
          "Sin",
          "Cos",
          "Erf" ->
          unary(node, inputs.get(0));
      case "Not" -> not(inputs.get(0));
      case "Cast" -> inputs.get(0).cast(TensorType.of(node.integer("to", 0)));
      case "CastLike" -> inputs.get(0).cast(inputs.get(1).type());
      case "Add",
          "Sub",
          "Mul",
          "Div",
          "Mod",
          "Pow",
          "And",
          "Or",
          "Xor",
          "Equal",
          "Less",
          "Greater",
          "LessOrEqual",
          "GreaterOrEqual" ->
          binary(node, inputs.get(0), inputs.get(1));
      case "Max", "Min", "Sum" -> variadic(node, inputs);
      case "Where" -> where(node, inputs.get(0), inputs.get(1), inputs.get(2));
      case "Clip" -> clip(node, inputs);
      default -> null;
    };
  }

  private static Numbers unary(NodeInfo node, Numbers in) {
    if (in.type().isInteger()) {
      long[] results = in.integers();
      for (int i = 0; i < results.length; i++) {
        results[i] =
            switch (node.operator()) {
              case "Neg" -> -results[i];
              case "Abs" -> Math.abs(results[i]);
              case "Sign" -> Long.signum(results[i]);
              default -> throw node.invalid("it is not computed of integers");
            };
      }
      return Numbers.of(in.type(), in.dims(), results);
    }
    double[] results = in.reals();
    for (int i = 0; i < results.length; i++) {
      results[i] = unary(node, results[i]);
    }
    return Numbers.of(in.type(), in.dims(), results);
  }

  private static double unary(NodeInfo node, double x) {
    return switch (node.operator()) {
      case "Neg" -> -x;
      case "Abs" -> Math.abs(x);
      case "Floor" -> Math.floor(x);
      case "Ceil" -> Math.ceil(x);
      case "Round" -> Math.rint(x);
      case "Sqrt" -> Math.sqrt(x);
      case "Reciprocal" -> 1 / x;
      case "Exp" -> Math.exp(x);
      case "Log" -> Math.log(x);
      case "Sign" -> Math.signum(x);
      case "Sin" -> Math.sin(x);
      case "Cos" -> Math.cos(x);
      default -> org.conv4j.activation.ElementwiseFunction.valueOf("ERROR_FUNCTION").apply(x);
    };
  }

  private static Numbers not(Numbers in) {
    long[] results = in.integers();
    for (int i = 0; i < results.length; i++) {
      results[i] = results[i] == 0 ? 1 : 0;
    }
    return Numbers.of(TensorType.BOOL, in.dims(), results);
  }

  static Numbers binary(NodeInfo node, Numbers left, Numbers right) {
    long[] dims = Strides.broadcast(node, left.dims(), right.dims());
    int count = Numbers.count(dims, node);
    int[] a = Strides.places(dims, count, 0, Strides.broadcast(left.dims(), dims.length));
    int[] b = Strides.places(dims, count, 0, Strides.broadcast(right.dims(), dims.length));
    boolean whole = left.type().isInteger() && right.type().isInteger();
    switch (node.operator()) {
      case "And", "Or", "Xor", "Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual" -> {
        long[] results = new long[count];
        for (int i = 0; i < count; i++) {
          boolean holds =
              whole
                  ? holds(
                      node.operator(),
                      Long.compare(left.integer(a[i]), right.integer(b[i])),
                      left.integer(a[i]) != 0,
                      right.integer(b[i]) != 0)
                  : holds(node.operator(), left.real(a[i]), right.real(b[i]));
          results[i] = holds ? 1 : 0;
        }
        return Numbers.of(TensorType.BOOL, dims, results);
      }
      default -> {
        if (whole) {
          long[] results = new long[count];
          for (int i = 0; i < count; i++) {
            results[i] = integer(node, left.integer(a[i]), right.integer(b[i]));
          }
          return Numbers.of(left.type(), dims, results).cast(left.type());
        }
        double[] results = new double[count];
        for (int i = 0; i < count; i++) {
          results[i] = real(node, left.real(a[i]), right.real(b[i]));
        }
        return Numbers.converted(left.type(), dims, results);
      }
    }
  }

  private static boolean holds(String operator, int order, boolean left, boolean right) {
    return switch (operator) {
      case "And" -> left && right;
      case "Or" -> left || right;
      case "Xor" -> left != right;
      case "Equal" -> order == 0;
      case "Less" -> order < 0;
      case "Greater" -> order > 0;
      case "LessOrEqual" -> order <= 0;
      default -> order >= 0;
    };
  }

  private static boolean holds(String operator, double left, double right) {
    return switch (operator) {
      case "Equal" -> left == right;
      case "Less" -> left < right;
      case "Greater" -> left > right;
      case "LessOrEqual" -> left <= right;
      case "GreaterOrEqual" -> left >= right;
      default -> holds(operator, 0, left != 0, right != 0);
    };
  }

  private static long integer(NodeInfo node, long left, long right) {
    return switch (node.operator()) {
      case "Add", "Sum" -> left + right;
      case "Sub" -> left - right;
      case "Mul" -> left * right;
      case "Div" -> left / nonZero(node, right);
      case "Mod" ->
          node.flag("fmod", false)
              ? left % nonZero(node, right)
              : Math.floorMod(left, nonZero(node, right));
      case "Max" -> Math.max(left, right);
      case "Min" -> Math.min(left, right);
      default -> (long) Math.pow(left, right);
    };
  }

  private static long nonZero(NodeInfo node, long divisor) {
    if (divisor == 0) {
      throw node.invalid("it divides by 0");
    }
    return divisor;
  }

  private static double real(NodeInfo node, double left, double right) {
    return switch (node.operator()) {
      case "Add", "Sum" -> left + right;
      case "Sub" -> left - right;
      case "Mul" -> left * right;
      case "Div" -> left / right;
      case "Mod" -> left % right;
      case "Max" -> Math.max(left, right);
      case "Min" -> Math.min(left, right);
      default -> Math.pow(left, right);
    };
  }

  private static Numbers variadic(NodeInfo node, List<Numbers> inputs) {
    Numbers result = inputs.get(0);
    for (Numbers next : inputs.subList(1, inputs.size())) {
      result = binary(node, result, next);
    }
    return result;
  }

  private static Numbers where(NodeInfo node, Numbers condition, Numbers left, Numbers right) {
    long[] both = Strides.broadcast(node, left.dims(), right.dims());
    long[] dims = Strides.broadcast(node, condition.dims(), both);
    int count = Numbers.count(dims, node);
    int[] c = Strides.places(dims, count, 0, Strides.broadcast(condition.dims(), dims.length));
    int[] a = Strides.places(dims, count, 0, Strides.broadcast(left.dims(), dims.length));
    int[] b = Strides.places(dims, count, 0, Strides.broadcast(right.dims(), dims.length));
    if (left.type().isInteger()) {
      long[] results = new long[count];
      for (int i = 0; i < count; i++) {
        results[i] = condition.integer(c[i]) != 0 ? left.integer(a[i]) : right.integer(b[i]);
      }
      return Numbers.of(left.type(), dims, results);
    }
    double[] results = new double[count];
    for (int i = 0; i < count; i++) {
      results[i] = condition.integer(c[i]) != 0 ? left.real(a[i]) : right.real(b[i]);
    }
    return Numbers.of(left.type(), dims, results);
  }

  private static Numbers clip(NodeInfo node, List<Numbers> inputs) {
    Numbers in = inputs.get(0);
    Numbers least = inputs.size() > 1 ? inputs.get(1) : null;
    Numbers most = inputs.size() > 2 ? inputs.get(2) : null;
    double[] results = in.reals();
    double min = least == null ? node.real("min", -Double.MAX_VALUE) : least.real(0);
    double max = most == null ? node.real("max", Double.MAX_VALUE) : most.real(0);
    for (int i = 0; i < results.length; i++) {
      results[i] = Math.min(Math.max(results[i], min), max);
    }
    return Numbers.converted(in.type(), in.dims(), results);
  }
}
