package org.conv4j.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.shape.Shape;

/** Operators that repeat elements or put others around them. */
final class Repetitions implements Family {
  @Override
  public String[] operators() {
    return new String[] {"Expand 8 13", "Pad 1 2 11 13 18 19 21 23 24 25", "Tile 6 13"};
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public Value lower(Call call) {
    return switch (call.operator()) {
      case "Expand" -> expand(call);
      case "Tile" -> tile(call);
      default -> pad(call);
    };
  }

  private static Value expand(Call call) {
    long[] wanted = call.integers(1);
    Shape own = call.shape(0);
    int rank = Math.max(own.rank(), wanted.length);
    long[] dims = Shapes.expanded(own, rank).toArray();
    for (int i = 0; i < wanted.length; i++) {
      int axis = rank - wanted.length + i;
      if (wanted[i] != 1 && dims[axis] != 1 && wanted[i] != dims[axis]) {
        throw call.node()
            .invalid("%s cannot be expanded to %s".formatted(own, Arrays.toString(wanted)));
      }
      dims[axis] = dims[axis] == 1 ? wanted[i] : dims[axis];
    }
    Value in = call.value(0);
    Value full = own.rank() == rank ? in : call.emit().reshape(in, Shapes.expanded(own, rank));
    return call.emit().expand(full, Shape.ofElements(dims));
  }

  private static Value tile(Call call) {
    Value result = call.value(0);
    long[] repeats = call.integers(1);
    for (int axis = 0; axis < repeats.length; axis++) {
      if (repeats[axis] < 0 || repeats[axis] > 1 << 16) {
        throw call.node().invalid("it repeats an axis %d times".formatted(repeats[axis]));
      }
      List<Value> copies = new ArrayList<>();
      for (int i = 0; i < repeats[axis]; i++) {
        copies.add(result);
      }
      result =
          copies.isEmpty()
              ? call.emit().slice(result, axis, 0, 1, 0)
              : call.emit().concat(copies, axis);
    }
    return result;
  }

  private static Value pad(Call call) {
    Value in = call.value(0);
    int rank = in.shape().rank();
    long[] given = call.integers(1, call.opset() < 2 ? "paddings" : "pads");
    long[] axes = call.has(3) ? call.integers(3) : null;
    int count = axes == null ? rank : axes.length;
    if (given == null || given.length != 2 * count) {
      throw call.node().invalid("its pads do not fit an input of " + in.shape());
    }
    long[] begin = new long[rank];
    long[] end = new long[rank];
    for (int i = 0; i < count; i++) {
      int axis = axes == null ? i : call.node().axis(axes[i], rank);
      begin[axis] = given[i];
      end[axis] = given[count + i];
    }
    String mode = call.node().text("mode", "constant");
    if (mode.equals("constant")) {
      boolean tensor = call.has(2) && !call.isEmpty(2);
      double value = tensor ? call.numbers(2).real(0) : call.node().real("value", 0);
      return constant(call, in, begin, end, value);
    }
    Value result = in;
    for (int axis = 0; axis < rank; axis++) {
      if (begin[axis] != 0 || end[axis] != 0) {
        result = along(call, result, axis, begin[axis], end[axis], mode);
      }
    }
    return result;
  }

  /** Where a number of pads is negative, elements are cut off. */
  private static Value constant(Call call, Value in, long[] begin, long[] end, double value) {
    int rank = begin.length;
    long[] cut = new long[rank];
    long[] steps = new long[rank];
    long[] counts = new long[rank];
    long[] before = new long[rank];
    long[] behind = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      cut[axis] = Math.max(0, -begin[axis]);
      steps[axis] = 1;
      counts[axis] = in.shape().dim(axis) - cut[axis] - Math.max(0, -end[axis]);
      before[axis] = Math.max(0, begin[axis]);
      behind[axis] = Math.max(0, end[axis]);
      if (counts[axis] < 0) {
        throw call.node().invalid("its pads leave nothing of " + in.shape());
      }
    }
    Value left = call.emit().slice(in, cut, steps, counts);
    return call.emit().pad(left, before, behind, value);
  }

  private static Value along(Call call, Value in, int axis, long begin, long end, String mode) {
    int extent = in.shape().intDim(axis);
    long total = extent + begin + end;
    if (total < 0 || total > Integer.MAX_VALUE || extent == 0 && total > 0) {
      throw call.node().invalid("its pads leave nothing of " + in.shape());
    }
    int[] places = new int[(int) total];
    for (int i = 0; i < places.length; i++) {
      long place = i - begin;
      places[i] =
          switch (mode) {
            case "edge" -> (int) Math.max(0, Math.min(extent - 1, place));
            case "wrap" -> (int) Math.floorMod(place, (long) extent);
            case "reflect" -> reflected(place, extent);
            default -> throw call.node().invalid("the mode '" + mode + "' is not supported");
          };
    }
    return call.emit().gather(in, axis, places);
  }

  private static int reflected(long place, int extent) {
    if (extent == 1) {
      return 0;
    }
    long period = 2L * (extent - 1);
    long at = Math.floorMod(place, period);
    return (int) Math.min(at, period - at);
  }
}
