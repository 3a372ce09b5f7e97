package org.conv4j.onnx.operator;

import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.call.Truth;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.onnx.shape.Numbers;
import org.conv4j.shape.Shape;

/** Functions of two or more numbers. */
final class Arithmetic implements Family {
  @Override
  public String[] operators() {
    return new String[] {
      "Add 1 6 7 13 14",
      "Cast 1 6 9 13 19 21 23 24 25",
      "CastLike 15 19 21 23 24 25",
      "Div 1 6 7 13 14",
      "Max 1 6 8 12 13",
      "Mean 1 6 8 13",
      "Min 1 6 8 12 13",
      "Mod 10 13",
      "Mul 1 6 7 13 14",
      "Pow 1 7 12 13 15",
      "Sub 1 6 7 13 14",
      "Sum 1 6 8 13",
    };
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public Value lower(Call call) {
    return switch (call.operator()) {
      case "Add" -> binary(call, BinaryFunction.ADD);
      case "Sub" -> binary(call, BinaryFunction.SUBTRACT);
      case "Mul" -> binary(call, BinaryFunction.MULTIPLY);
      case "Div" -> whole(call, binary(call, BinaryFunction.DIVIDE));
      case "Mod" -> modulo(call);
      case "Pow" -> power(call);
      case "Max" -> variadic(call, BinaryFunction.MAXIMUM);
      case "Min" -> variadic(call, BinaryFunction.MINIMUM);
      case "Sum" -> variadic(call, BinaryFunction.ADD);
      case "Mean" -> call.emit().affine(variadic(call, BinaryFunction.ADD), 1.0 / call.count(), 0);
      case "CastLike" -> cast(call, call.type(1));
      default -> cast(call, TensorType.of(call.node().integer("to", 0)));
    };
  }

  private static Value binary(Call call, BinaryFunction function) {
    return call.emit().binary(function, call.value(0), second(call));
  }

  /** Before opset 7 a second input was aligned with an axis of the first. */
  private static Value second(Call call) {
    Value second = call.value(1);
    int rank = call.rank(0);
    boolean aligned =
        call.opset() < 7
            && call.node().flag("broadcast", false)
            && call.node().has("axis")
            && second.shape().rank() < rank;
    if (!aligned) {
      return second;
    }
    int axis = call.axis("axis", 0);
    long[] dims = Shapes.along(rank, 0, 1).toArray();
    Shape own = second.shape();
    if (axis + own.rank() > rank) {
      throw call.node().invalid("its second input does not fit behind axis " + axis);
    }
    for (int i = 0; i < own.rank(); i++) {
      dims[axis + i] = own.dim(i);
    }
    return call.emit().reshape(second, Shape.of(dims));
  }

  /** Quotients of integers lose their fraction. */
  private static Value whole(Call call, Value quotient) {
    return call.type(0).isInteger()
        ? call.emit().apply(ElementwiseFunction.TRUNCATE, quotient)
        : quotient;
  }

  private static Value modulo(Call call) {
    Value left = call.value(0);
    Value right = call.value(1);
    Value quotient = call.emit().binary(BinaryFunction.DIVIDE, left, right);
    boolean truncates = call.node().flag("fmod", false);
    Value times =
        call.emit()
            .apply(truncates ? ElementwiseFunction.TRUNCATE : ElementwiseFunction.FLOOR, quotient);
    return call.emit().subtract(left, call.emit().multiply(times, right));
  }

  private static Value power(Call call) {
    Value base = call.value(0);
    if (call.isConstant(1) && call.shape(1).elementCount() == 1) {
      Numbers exponent = call.numbers(1);
      ElementwiseFunction function = known(exponent.real(0));
      if (function != null && base.shape().rank() >= call.rank(1)) {
        return whole(call, call.emit().apply(function, base));
      }
    }
    return whole(call, call.emit().binary(BinaryFunction.POWER, base, second(call)));
  }

  private static ElementwiseFunction known(double exponent) {
    if (exponent == 2) {
      return ElementwiseFunction.SQUARE;
    }
    if (exponent == 1) {
      return ElementwiseFunction.LINEAR;
    }
    if (exponent == -1) {
      return ElementwiseFunction.RECIPROCAL;
    }
    return exponent == 0.5 ? ElementwiseFunction.SQUARE_ROOT : null;
  }

  private static Value variadic(Call call, BinaryFunction function) {
    Value result = call.value(0);
    for (int i = 1; i < call.count(); i++) {
      result = call.emit().binary(function, result, call.value(i));
    }
    return result;
  }

  /** What a run computes with is floating; only fractions and truth values change. */
  private static Value cast(Call call, TensorType type) {
    if (type.elements() == null) {
      throw call.node().invalid("a cast to this type is not supported");
    }
    Value in = call.value(0);
    if (type == TensorType.BOOL && call.type(0) != TensorType.BOOL) {
      return Truth.truth(call.emit(), in);
    }
    return type.isInteger() && call.type(0).isFloating()
        ? call.emit().apply(ElementwiseFunction.TRUNCATE, in)
        : in;
  }
}
