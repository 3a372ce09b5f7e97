package org.conv4j.onnx.operator;

import java.util.Arrays;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Emitter;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.product.LastAxis;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** Operators that make one number of those along axes, and running sums. */
final class Reductions implements Family {
  @Override
  public String[] operators() {
    return new String[] {
      "CumSum 11 14",
      "ReduceL1 1 11 13 18",
      "ReduceL2 1 11 13 18",
      "ReduceLogSum 1 11 13 18",
      "ReduceLogSumExp 1 11 13 18",
      "ReduceMax 1 11 12 13 18 20",
      "ReduceMean 1 11 13 18",
      "ReduceMin 1 11 12 13 18 20",
      "ReduceProd 1 11 13 18",
      "ReduceSum 1 11 13",
      "ReduceSumSquare 1 11 13 18",
    };
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public Value lower(Call call) {
    if (call.operator().equals("CumSum")) {
      return sums(call);
    }
    Value in = call.value(0);
    int rank = in.shape().rank();
    long[] given = call.integers(1, "axes");
    boolean none = given == null || given.length == 0;
    int[] axes;
    if (none) {
      axes = call.node().flag("noop_with_empty_axes", false) ? new int[0] : Shapes.range(0, rank);
    } else {
      axes = new int[given.length];
      Arrays.setAll(axes, i -> call.node().axis(given[i], rank));
      Arrays.sort(axes);
    }
    Value result = reduced(call, in, axes);
    if (call.node().flag("keepdims", true)) {
      return result;
    }
    long[] left = new long[rank - axes.length];
    int at = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (Arrays.binarySearch(axes, axis) < 0) {
        left[at++] = in.shape().dim(axis);
      }
    }
    return call.emit().reshape(result, Shape.ofElements(left));
  }

  private static Value reduced(Call call, Value in, int[] axes) {
    Emitter emit = call.emit();
    return switch (call.operator()) {
      case "ReduceMax" -> emit.reduce(in, axes, ReductionKind.MAX);
      case "ReduceMin" -> emit.reduce(in, axes, ReductionKind.MIN);
      case "ReduceMean" -> {
        Value mean = emit.reduce(in, axes, ReductionKind.MEAN);
        yield call.type(0).isInteger() ? emit.apply(ElementwiseFunction.TRUNCATE, mean) : mean;
      }
      case "ReduceSum" -> emit.reduce(in, axes, ReductionKind.SUM);
      case "ReduceL1" -> sum(emit, emit.apply(ElementwiseFunction.ABSOLUTE, in), axes);
      case "ReduceL2" ->
          emit.apply(
              ElementwiseFunction.SQUARE_ROOT,
              sum(emit, emit.apply(ElementwiseFunction.SQUARE, in), axes));
      case "ReduceSumSquare" -> sum(emit, emit.apply(ElementwiseFunction.SQUARE, in), axes);
      case "ReduceLogSum" -> emit.apply(ElementwiseFunction.LOGARITHM, sum(emit, in, axes));
      case "ReduceLogSumExp" -> {
        // Less the largest, so that nothing overflows.
        Value most =
            emit.apply(
                new Elementwise.Clip(-Float.MAX_VALUE, Float.MAX_VALUE),
                emit.reduce(in, axes, ReductionKind.MAX));
        Value powers = emit.apply(ElementwiseFunction.EXPONENTIAL, emit.subtract(in, most));
        Value log = emit.apply(ElementwiseFunction.LOGARITHM, sum(emit, powers, axes));
        yield emit.add(log, most);
      }
      default -> product(emit, in, axes);
    };
  }

  private static Value sum(Emitter emit, Value in, int[] axes) {
    return emit.reduce(in, axes, ReductionKind.SUM);
  }

  /** Multiplies halves of an axis until one element is left. */
  private static Value product(Emitter emit, Value in, int[] axes) {
    if (in.shape().isEmpty()) {
      return emit.filled(Shapes.reduced(in.shape(), axes), 1);
    }
    Value result = in;
    for (int axis : axes) {
      for (long extent = result.shape().dim(axis); extent > 1; ) {
        long half = extent / 2;
        Value halves =
            emit.multiply(
                emit.slice(result, axis, 0, 1, half), emit.slice(result, axis, half, 1, half));
        if (extent % 2 == 1) {
          Value last = emit.slice(result, axis, extent - 1, 1, 1);
          halves =
              half == 1
                  ? emit.multiply(halves, last)
                  : emit.concat(java.util.List.of(halves, last), axis);
        }
        result = halves;
        extent = result.shape().dim(axis);
      }
    }
    return result;
  }

  /** A product with a triangular matrix along the axis. */
  private static Value sums(Call call) {
    Value in = call.value(0);
    if (in.shape().isEmpty()) {
      return in;
    }
    int rank = in.shape().rank();
    int axis = call.node().axis(call.numbers(1).integer(0), rank);
    boolean reverse = call.node().flag("reverse", false);
    int exclusive = call.node().flag("exclusive", false) ? 1 : 0;
    int extent = in.shape().intDim(axis);
    if (extent > 4096) {
      throw call.node().invalid("an axis of %d is longer than 4096".formatted(extent));
    }
    double[] matrix = new double[extent * extent];
    for (int from = 0; from < extent; from++) {
      for (int to = 0; to < extent; to++) {
        int distance = reverse ? from - to : to - from;
        matrix[from * extent + to] = distance >= exclusive ? 1 : 0;
      }
    }
    return LastAxis.product(call, in, axis, Constant.of(Shape.of(extent, extent), matrix));
  }
}
