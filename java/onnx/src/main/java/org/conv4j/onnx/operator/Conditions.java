package org.conv4j.onnx.operator;

import java.util.Arrays;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Emitter;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.call.Truth;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** Comparisons, truth values, and choices by them. True is 1, false is 0. */
final class Conditions implements Family {
  @Override
  public String[] operators() {
    return new String[] {
      "And 1 7",
      "ArgMax 1 11 12 13",
      "ArgMin 1 11 12 13",
      "Equal 1 7 11 13 19",
      "Greater 1 7 9 13",
      "GreaterOrEqual 12 16",
      "Hardmax 1 11 13",
      "If 1 11 13 16 19 21 23 24 25",
      "IsInf 10 20",
      "IsNaN 9 13 20",
      "Less 1 7 9 13",
      "LessOrEqual 12 16",
      "Not 1",
      "Or 1 7",
      "Where 9 16",
      "Xor 1 7",
    };
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public Value lower(Call call) {
    Emitter emit = call.emit();
    return switch (call.operator()) {
      case "And" -> emit.multiply(call.value(0), call.value(1));
      case "Or" -> emit.binary(BinaryFunction.MAXIMUM, call.value(0), call.value(1));
      case "Xor" -> emit.affine(Truth.equal(emit, call.value(0), call.value(1)), -1, 1);
      case "Not" -> emit.affine(call.value(0), -1, 1);
      case "Equal" -> Truth.equal(emit, call.value(0), call.value(1));
      case "Greater" -> Truth.greater(emit, call.value(0), call.value(1), false);
      case "GreaterOrEqual" -> Truth.greater(emit, call.value(0), call.value(1), true);
      case "Less" -> Truth.greater(emit, call.value(1), call.value(0), false);
      case "LessOrEqual" -> Truth.greater(emit, call.value(1), call.value(0), true);
      case "Where" -> Truth.select(emit, call.value(0), call.value(1), call.value(2));
      case "If" -> call.value(call.numbers(0).real(0) != 0 ? 1 : 2);
      case "ArgMax", "ArgMin" -> extremum(call);
      case "Hardmax" -> hardmax(call);
      default -> throw call.node().invalid("it is only computed of constants");
    };
  }

  /** Of the places that hold the largest element, the first or the last. */
  private static Value extremum(Call call) {
    Value in = call.value(0);
    int axis = call.axis("axis", 0);
    Value place = place(call, in, axis, call.node().flag("select_last_index", false));
    if (call.node().flag("keepdims", true)) {
      return place;
    }
    long[] dims = in.shape().toArray();
    long[] left = new long[dims.length - 1];
    System.arraycopy(dims, 0, left, 0, axis);
    System.arraycopy(dims, axis + 1, left, axis, left.length - axis);
    return call.emit().reshape(place, Shape.ofElements(left));
  }

  private static Value place(Call call, Value in, int axis, boolean last) {
    if (in.shape().dim(axis) == 0) {
      throw call.node().invalid("an axis of 0 has no largest element");
    }
    boolean largest = !call.operator().equals("ArgMin");
    return call.emit().place(in, axis, largest, last);
  }

  /** 1 at the first of the largest elements. */
  private static Value hardmax(Call call) {
    Value in = call.value(0);
    int axis = call.axis("axis", call.opset() < 13 ? 1 : -1);
    Value flat = in;
    if (call.opset() < 13) {
      long rows = Shapes.product(in.shape(), 0, axis);
      flat = call.emit().reshape(in, Shape.of(rows, in.shape().elementCount() / rows));
      axis = 1;
    }
    int extent = flat.shape().intDim(axis);
    double[] places = new double[extent];
    Arrays.setAll(places, i -> i);
    Shape shape = Shapes.along(flat.shape().rank(), axis, extent);
    Value first = place(call, flat, axis, false);
    Value hot = Truth.equal(call.emit(), first, call.emit().constant(Constant.of(shape, places)));
    return call.emit().reshape(call.emit().apply(ElementwiseFunction.LINEAR, hot), in.shape());
  }
}
