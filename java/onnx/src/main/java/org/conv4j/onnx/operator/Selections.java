package org.conv4j.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Emitter;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.call.Truth;
import org.conv4j.onnx.shape.NodeInfo;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** The largest elements, in order, and triangles of matrices. */
final class Selections implements Family {
  /** Each element that is found takes some ops. */
  private static final int MOST = 256;

  @Override
  public String[] operators() {
    return new String[] {"TopK 1 10 11 24", "Trilu 14"};
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public Value lower(Call call) {
    return call.operator().equals("Trilu") ? triangle(call) : largest(call);
  }

  /** The elements on one side of a diagonal; the others, which may be infinite, are replaced. */
  private static Value triangle(Call call) {
    Value in = call.value(0);
    Shape shape = in.shape();
    if (shape.rank() < 2) {
      throw call.node().invalid("its input needs 2 dimensions; given " + shape);
    }
    if (shape.isEmpty()) {
      return in;
    }
    int rows = shape.intDim(-2);
    int columns = shape.intDim(-1);
    long shift = call.has(1) ? call.numbers(1).integer(0) : 0;
    double[] mask = new double[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = isKept(call.node(), i / columns, i % columns, shift) ? 1 : 0;
    }
    Emitter emit = call.emit();
    Value kept = emit.constant(Constant.of(Shape.of(rows, columns), mask));
    return Truth.select(emit, kept, in, emit.number(0));
  }

  private static boolean isKept(NodeInfo node, long row, long column, long shift) {
    return node.flag("upper", true) ? column - row >= shift : column - row <= shift;
  }

  private static Value largest(Call call) {
    Emitter emit = call.emit();
    int axis = call.axis("axis", -1);
    boolean smallest = !call.node().flag("largest", true);
    Value given = call.value(0);
    Value in = smallest ? emit.apply(ElementwiseFunction.NEGATIVE, given) : given;
    int extent = in.shape().intDim(axis);
    long count = call.has(1) ? call.numbers(1).integer(0) : call.node().integer("k", 0);
    if (count < 0 || count > extent || count > MOST) {
      throw call.node()
          .invalid(
              "of %d elements it takes from 0 to %d; given %d"
                  .formatted(extent, Math.min(extent, MOST), count));
    }
    if (count == 0 || in.shape().isEmpty()) {
      return emit.slice(in, axis, 0, 1, count);
    }
    List<Value> found = new Ranking(emit, in, axis, extent).first((int) count, call.output() == 0);
    Value result = emit.concat(found, axis);
    return smallest && call.output() == 0
        ? emit.apply(ElementwiseFunction.NEGATIVE, result)
        : result;
  }

  /** Finds one element after the other; of equal ones the first comes first. */
  private record Ranking(Emitter emit, Value in, int axis, int extent) {
    List<Value> first(int count, boolean values) {
      int[] along = {axis};
      Value places = along(i -> i);
      Value firstIsMost = along(i -> extent - i);
      Value nothing = emit.number(Double.NEGATIVE_INFINITY);
      // What was found is as small as any, so that infinities must be finite here.
      Value left = emit.apply(new Elementwise.Clip(-Float.MAX_VALUE, Float.MAX_VALUE), in);
      Value taken = null;
      List<Value> found = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Value bound = emit.reduce(left, along, ReductionKind.MAX);
        Value candidates = Truth.equal(emit, left, bound);
        if (taken != null) {
          candidates = emit.multiply(candidates, emit.affine(taken, -1, 1));
        }
        Value best = emit.reduce(emit.multiply(candidates, firstIsMost), along, ReductionKind.MAX);
        Value place = emit.affine(best, -1, extent);
        Value hit = Truth.equal(emit, places, place);
        found.add(
            values
                ? emit.reduce(Truth.select(emit, hit, in, nothing), along, ReductionKind.MAX)
                : place);
        taken = taken == null ? hit : emit.binary(BinaryFunction.MAXIMUM, taken, hit);
        left = Truth.select(emit, hit, emit.number(-Float.MAX_VALUE), left);
      }
      return found;
    }

    private Value along(java.util.function.IntToDoubleFunction number) {
      double[] numbers = new double[extent];
      Arrays.setAll(numbers, number);
      return emit.constant(Constant.of(Shapes.along(in.shape().rank(), axis, extent), numbers));
    }
  }
}
