package org.conv4j.onnx.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Reduction;
import org.conv4j.op.Slice;
import org.conv4j.op.Softmax;
import org.conv4j.operation.ArgExtremum;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * Appends ops to a program in the terms of a file: axes and extents are those that the file sees,
 * whatever lies in memory. What lies channels-last stays so wherever that can be.
 */
public final class Emitter {
  private final Lowering lowering;
  private final String name;

  public Emitter(Lowering lowering, String name) {
    this.lowering = lowering;
    this.name = name;
  }

  public Lowering lowering() {
    return lowering;
  }

  public Value constant(Constant constant) {
    return lowering.constant(constant);
  }

  public Value number(double number) {
    return constant(new Constant.Filled(Shape.of(), number));
  }

  /** One number many times, or never. */
  public Value filled(Shape shape, double number) {
    return shape.isEmpty() ? lowering.empty(shape) : constant(new Constant.Filled(shape, number));
  }

  public Value append(Op op, Value in, List<Constant> weights, DataFormat view) {
    return lowering.append(name, op, in, weights, view);
  }

  public Value apply(Elementwise function, Value in) {
    return in.shape().isEmpty()
        ? in
        : append(new Eltwise(in.stored(), function), in, List.of(), in.view());
  }

  public Value affine(Value in, double scale, double shift) {
    boolean same = scale == 1 && shift == 0 || in.shape().isEmpty();
    return same ? in : Affine.append(lowering, name, in, scale, shift);
  }

  /** The value with its channels, axis 1, last in memory. */
  public Value channelsLast(Value in) {
    return in.shape().rank() < 3 ? in : lowering.channelsLast(name, in, DataFormat.CHANNELS_FIRST);
  }

  public Value plain(Value in) {
    return lowering.asSeen(name, in);
  }

  public Value binary(BinaryFunction function, Value left, Value right) {
    if (left.shape().isEmpty() || right.shape().isEmpty()) {
      return lowering.empty(Shapes.combined(left.shape(), right.shape()));
    }
    int rank = Math.max(left.shape().rank(), right.shape().rank());
    DataFormat view = DataFormat.CHANNELS_LAST;
    if (isFirst(left, rank) || isFirst(right, rank)) {
      view = DataFormat.CHANNELS_FIRST;
    }
    Value a = expanded(left, rank, view);
    Value b = expanded(right, rank, view);
    Binary op = new Binary(a.stored(), b.stored(), function, Activation.LINEAR);
    return lowering.append(name, op, List.of(a, b), List.of(), view);
  }

  private static boolean isFirst(Value value, int rank) {
    return value.shape().rank() == rank
        && value.view() == DataFormat.CHANNELS_FIRST
        && value.shape().elementCount() > 1;
  }

  private Value expanded(Value value, int rank, DataFormat view) {
    Shape shape = Shapes.expanded(value.shape(), rank);
    if (shape.elementCount() == 1) {
      return new Value(value.id(), shape, view);
    }
    Value full = value.shape().rank() == rank ? value : lowering.reshape(name, value, shape);
    return lowering.channelsLast(name, full, view);
  }

  public Value add(Value left, Value right) {
    return binary(BinaryFunction.ADD, left, right);
  }

  public Value subtract(Value left, Value right) {
    return binary(BinaryFunction.SUBTRACT, left, right);
  }

  public Value multiply(Value left, Value right) {
    return binary(BinaryFunction.MULTIPLY, left, right);
  }

  /** The same elements with other extents; channels that stay channels stay last. */
  public Value reshape(Value in, Shape shape) {
    Shape from = in.shape();
    boolean keepsChannels =
        in.view() == DataFormat.CHANNELS_FIRST
            && shape.rank() >= 3
            && from.rank() >= 3
            && from.dim(0) == shape.dim(0)
            && from.dim(1) == shape.dim(1)
            && from.elementCount() == shape.elementCount();
    if (keepsChannels) {
      return new Value(in.id(), shape, DataFormat.CHANNELS_FIRST);
    }
    Value shuffled = ChannelShuffle.append(lowering, name, in, shape);
    return shuffled == null ? lowering.reshape(name, in, shape) : shuffled;
  }

  public Value permute(Value in, int... axes) {
    return lowering.permute(name, in, IntTuple.of(axes));
  }

  public Value slice(Value in, long[] begin, long[] step, long[] count) {
    int rank = begin.length;
    int[] storedBegin = new int[rank];
    int[] storedStep = new int[rank];
    long[] storedCount = new long[rank];
    boolean whole = true;
    for (int axis = 0; axis < rank; axis++) {
      int stored = in.storedAxis(axis);
      storedBegin[stored] = Math.toIntExact(begin[axis]);
      storedStep[stored] =
          (int) Math.max(-Integer.MAX_VALUE, Math.min(step[axis], Integer.MAX_VALUE));
      storedCount[stored] = count[axis];
      whole &= begin[axis] == 0 && step[axis] == 1 && count[axis] == in.shape().dim(axis);
    }
    if (whole) {
      return in;
    }
    Shape taken = Shape.ofElements(count);
    if (taken.isEmpty()) {
      return lowering.empty(taken);
    }
    Op op =
        new Slice(
            in.stored(), IntTuple.of(storedBegin), IntTuple.of(storedStep), Shape.of(storedCount));
    return append(op, in, List.of(), in.view());
  }

  public Value slice(Value in, int axis, long begin, long step, long count) {
    int rank = in.shape().rank();
    requireAxis(in, axis);
    long[] begins = new long[rank];
    long[] steps = new long[rank];
    Arrays.fill(steps, 1);
    long[] counts = in.shape().toArray();
    begins[axis] = begin;
    steps[axis] = step;
    counts[axis] = count;
    return slice(in, begins, steps, counts);
  }

  private static void requireAxis(Value value, int axis) {
    if (axis < 0 || axis >= value.shape().rank()) {
      throw new ShapeMismatchException("%s has no axis %d.".formatted(value.shape(), axis));
    }
  }

  /** Joins values; of those without elements only the extents count, if there are no others. */
  public Value concat(List<Value> values, int axis) {
    List<Value> full = new ArrayList<>();
    long extent = 0;
    for (Value value : values) {
      if (!value.shape().isEmpty()) {
        full.add(value);
      } else if (axis < value.shape().rank()) {
        extent += value.shape().dim(axis);
      }
    }
    if (full.isEmpty()) {
      requireAxis(values.get(0), axis);
      long[] dims = values.get(0).shape().toArray();
      dims[axis] = extent;
      return lowering.empty(Shape.ofElements(dims));
    }
    for (Value value : full) {
      requireAxis(value, axis);
      if (value.shape().rank() != full.get(0).shape().rank()) {
        throw new ShapeMismatchException(
            "%s and %s cannot be joined.".formatted(full.get(0).shape(), value.shape()));
      }
    }
    if (full.size() == 1) {
      return full.get(0);
    }
    List<Value> same = lowering.sameView(name, full);
    List<Shape> shapes = new ArrayList<>();
    for (Value value : same) {
      shapes.add(value.stored());
    }
    Value first = same.get(0);
    Op op = new Concat(shapes, first.storedAxis(axis));
    return lowering.append(name, op, same, List.of(), first.view());
  }

  /** Elements of an axis by their places; neighbours are taken at once. */
  public Value gather(Value in, int axis, int[] places) {
    if (places.length == 0) {
      return slice(in, axis, 0, 1, 0);
    }
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < places.length; ) {
      int step = i + 1 < places.length ? places[i + 1] - places[i] : 1;
      int end = i + 1;
      while (step != 0 && end < places.length && places[end] - places[end - 1] == step) {
        end++;
      }
      parts.add(slice(in, axis, places[i], step == 0 ? 1 : step, end - i));
      i = end;
    }
    return concat(parts, axis);
  }

  /** Reduces axes to an extent of 1. */
  public Value reduce(Value in, int[] axes, ReductionKind kind) {
    if (axes.length == 0) {
      return in;
    }
    if (in.shape().isEmpty()) {
      return filled(Shapes.reduced(in.shape(), axes), ofNothing(kind));
    }
    int[] stored = new int[axes.length];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = in.storedAxis(axes[i]);
    }
    Arrays.sort(stored);
    return append(new Reduction(in.stored(), IntTuple.of(stored), kind), in, List.of(), in.view());
  }

  /** Where the largest or smallest element is, with an extent of 1 along the axis. */
  public Value place(Value in, int axis, boolean largest, boolean last) {
    return ArgExtremum.place(lowering, name, in, axis, largest, last);
  }

  private static double ofNothing(ReductionKind kind) {
    return switch (kind) {
      case SUM -> 0;
      case MEAN -> Double.NaN;
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
    };
  }

  public Value pad(Value in, long[] begin, long[] end, double value) {
    int rank = begin.length;
    if (in.shape().isEmpty()) {
      long[] dims = in.shape().toArray();
      for (int axis = 0; axis < rank; axis++) {
        dims[axis] += begin[axis] + end[axis];
      }
      return filled(Shape.ofElements(dims), value);
    }
    int[] before = new int[rank];
    int[] behind = new int[rank];
    boolean none = true;
    for (int axis = 0; axis < rank; axis++) {
      before[in.storedAxis(axis)] = Math.toIntExact(begin[axis]);
      behind[in.storedAxis(axis)] = Math.toIntExact(end[axis]);
      none &= begin[axis] == 0 && end[axis] == 0;
    }
    return none
        ? in
        : append(
            new Pad(in.stored(), IntTuple.of(before), IntTuple.of(behind), value),
            in,
            List.of(),
            in.view());
  }

  public Value softmax(Value in, int axis, boolean log) {
    return in.shape().isEmpty()
        ? in
        : append(new Softmax(in.stored(), in.storedAxis(axis), log), in, List.of(), in.view());
  }

  /** Repeats elements along axes of extent 1, to those of a shape of the same rank. */
  public Value expand(Value in, Shape shape) {
    if (in.shape().equals(shape)) {
      return in;
    }
    if (shape.isEmpty()) {
      return lowering.empty(shape);
    }
    long[] ones = new long[shape.rank()];
    for (int axis = 0; axis < ones.length; axis++) {
      ones[axis] = in.shape().dim(axis) == shape.dim(axis) ? 1 : shape.dim(axis);
    }
    return multiply(in, constant(new Constant.Filled(Shape.of(ones), 1)));
  }
}
