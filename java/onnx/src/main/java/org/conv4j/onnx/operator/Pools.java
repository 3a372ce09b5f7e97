package org.conv4j.onnx.operator;

import java.util.Arrays;
import java.util.List;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Emitter;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.call.Truth;
import org.conv4j.op.Pooling;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.weights.Constant;

/** What becomes of the elements in a moving window, or of whole images. */
final class Pools implements Family {
  /** The indices of a window's largest elements take some ops for each of its taps. */
  private static final int MOST_TAPS = 256;

  @Override
  public String[] operators() {
    return new String[] {
      "AveragePool 1 7 10 11 19 22",
      "GlobalAveragePool 1 22",
      "GlobalLpPool 1 2 22",
      "GlobalMaxPool 1 22",
      "LpPool 1 2 11 18 22",
      "MaxPool 1 8 10 11 12 22",
    };
  }

  @Override
  public Value lower(Call call) {
    Value in = call.emit().channelsLast(call.value(0));
    int rank = in.shape().rank();
    if (rank < 3) {
      throw call.node().invalid("its input needs 3 dimensions or more; given " + in.shape());
    }
    int[] spatial = Shapes.range(2, rank);
    return switch (call.operator()) {
      case "GlobalAveragePool" -> call.emit().reduce(in, spatial, ReductionKind.MEAN);
      case "GlobalMaxPool" -> call.emit().reduce(in, spatial, ReductionKind.MAX);
      case "GlobalLpPool" -> {
        double p = call.node().real("p", 2);
        double whole = call.node().integer("p", 2);
        double power = whole == 0 ? p : whole;
        yield root(
            call, call.emit().reduce(powers(call, in, power), spatial, ReductionKind.SUM), power);
      }
      case "MaxPool" -> call.output() == 0 ? largest(call, in) : indices(call, in);
      case "AveragePool" -> average(call, in);
      default -> norm(call, in);
    };
  }

  private static Value largest(Call call, Value in) {
    WindowArguments arguments = WindowArguments.of(call, null, in.shape().rank() - 2);
    Window window = arguments.window(in.stored());
    long[] counts = counts(call, arguments, window, in.stored());
    return pool(call, in, window, counts, PoolingKind.MAX);
  }

  private static Value average(Call call, Value in) {
    WindowArguments arguments = WindowArguments.of(call, null, in.shape().rank() - 2);
    Window window = arguments.window(in.stored());
    long[] counts = counts(call, arguments, window, in.stored());
    return call.node().flag("count_include_pad", false)
        ? counted(call, in, window, counts)
        : pool(call, in, window, counts, PoolingKind.AVERAGE);
  }

  /** A mean in which zeros around the input count. */
  private static Value counted(Call call, Value in, Window window, long[] counts) {
    Value around = around(call, in, window, 0);
    IntTuple none = IntTuple.filled(window.rank(), 0);
    return pool(call, around, window.withPadding(none, none), counts, PoolingKind.AVERAGE);
  }

  private static Value around(Call call, Value in, Window window, double value) {
    int rank = window.rank();
    long[] begin = new long[rank + 2];
    long[] end = new long[rank + 2];
    for (int i = 0; i < rank; i++) {
      begin[i + 2] = window.padBegin().get(i);
      end[i + 2] = window.padEnd().get(i);
    }
    return call.emit().pad(in, begin, end, value);
  }

  private static Value pool(Call call, Value in, Window given, long[] counts, PoolingKind kind) {
    Shape stored = in.stored();
    Window window = fitting(given, counts, stored);
    for (int i = 0; i < given.rank(); i++) {
      if (!window.coversEverywhere(i, stored.dim(i + 1), counts[i])) {
        // Windows that see nothing but padding.
        double value = kind == PoolingKind.MAX ? Double.NEGATIVE_INFINITY : 0;
        IntTuple none = IntTuple.filled(given.rank(), 0);
        return pool(
            call, around(call, in, window, value), window.withPadding(none, none), counts, kind);
      }
    }
    long[] output = stored.toArray();
    System.arraycopy(counts, 0, output, 1, counts.length);
    Pooling op = new Pooling(stored, Shape.of(output), window, kind);
    return call.emit().append(op, in, List.of(), in.view());
  }

  /** How many positions the window has along each spatial axis. */
  private static long[] counts(Call call, WindowArguments arguments, Window window, Shape stored) {
    boolean ceil = call.node().flag("ceil_mode", false);
    long[] counts = new long[window.rank()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = arguments.count(stored.dim(i + 1), window, i, ceil);
    }
    return counts;
  }

  /** With more padding at the end where the last window leaves the input. */
  private static Window fitting(Window window, long[] counts, Shape stored) {
    int[] end = new int[window.rank()];
    for (int i = 0; i < end.length; i++) {
      long needed =
          (counts[i] - 1) * window.strides().get(i)
              + window.effectiveKernel(i)
              - stored.dim(i + 1)
              - window.padBegin().get(i);
      end[i] = (int) Math.max(window.padEnd().get(i), needed);
    }
    return window.withPadding(window.padBegin(), IntTuple.of(end));
  }

  /** The root of the sum of powers, which is a mean with zeros around times the taps. */
  private static Value norm(Call call, Value in) {
    WindowArguments arguments = WindowArguments.of(call, null, in.shape().rank() - 2);
    Window given = arguments.window(in.stored());
    long[] counts = counts(call, arguments, given, in.stored());
    Window window = fitting(given, counts, in.stored());
    double p = call.node().integer("p", 2);
    p = p == 0 ? call.node().real("p", 2) : p;
    Value mean = counted(call, powers(call, in, p), window, counts);
    return root(call, call.emit().affine(mean, window.taps(), 0), p);
  }

  private static Value powers(Call call, Value in, double p) {
    Value sizes = call.emit().apply(ElementwiseFunction.ABSOLUTE, in);
    if (p == 1) {
      return sizes;
    }
    return p == 2
        ? call.emit().apply(ElementwiseFunction.SQUARE, in)
        : call.emit().binary(BinaryFunction.POWER, sizes, call.emit().number(p));
  }

  private static Value root(Call call, Value in, double p) {
    if (p == 1) {
      return in;
    }
    return p == 2
        ? call.emit().apply(ElementwiseFunction.SQUARE_ROOT, in)
        : call.emit().binary(BinaryFunction.POWER, in, call.emit().number(1 / p));
  }

  /** Where in the whole input the largest element of each window is, tap after tap. */
  private static Value indices(Call call, Value in) {
    Emitter emit = call.emit();
    int rank = in.shape().rank() - 2;
    WindowArguments arguments = WindowArguments.of(call, null, rank);
    Window given = arguments.window(in.stored());
    long[] counts = counts(call, arguments, given, in.stored());
    Window window = fitting(given, counts, in.stored());
    if (window.taps() > MOST_TAPS) {
      throw call.node().invalid("indices of a window of more than 256 elements");
    }
    Value values = around(call, in, window, -Float.MAX_VALUE);
    Value numbers = around(call, emit.constant(places(call, in.shape())), window, 0);
    Value best = null;
    Value place = null;
    for (int tap = 0; tap < window.taps(); tap++) {
      Value value = tap(call, values, window, tap, counts);
      Value number = tap(call, numbers, window, tap, counts);
      if (best == null) {
        best = value;
        place = number;
        continue;
      }
      Value greater = Truth.greater(emit, value, best, false);
      place = emit.add(place, emit.multiply(greater, emit.subtract(number, place)));
      best = emit.binary(BinaryFunction.MAXIMUM, best, value);
    }
    long images = in.shape().dim(0) * in.shape().dim(1);
    double[] first = new double[Math.toIntExact(images)];
    double size = Shapes.product(in.shape(), 2, rank + 2);
    Arrays.setAll(first, i -> i * size);
    long[] dims = new long[rank + 2];
    Arrays.fill(dims, 1);
    dims[0] = in.shape().dim(0);
    dims[1] = in.shape().dim(1);
    return emit.add(place, emit.constant(Constant.of(Shape.of(dims), first)));
  }

  /** The place of each element in its image; with a storage order of 1, the first axis runs. */
  private static Constant places(Call call, Shape shape) {
    int rank = shape.rank();
    boolean columns = call.node().flag("storage_order", false);
    long[] dims = shape.toArray();
    dims[0] = 1;
    dims[1] = 1;
    Shape image = Shape.of(dims);
    double[] places = new double[Math.toIntExact(image.elementCount())];
    for (int i = 0; i < places.length; i++) {
      long place = i;
      if (columns) {
        place = 0;
        long rest = i;
        long step = image.elementCount();
        for (int axis = rank - 1; axis >= 2; axis--) {
          step /= dims[axis];
          place += rest % dims[axis] * step;
          rest /= dims[axis];
        }
      }
      places[i] = place;
    }
    return Constant.of(image, places);
  }

  private static Value tap(Call call, Value in, Window window, int tap, long[] counts) {
    int rank = window.rank();
    long[] begin = new long[rank + 2];
    long[] step = new long[rank + 2];
    long[] count = in.shape().toArray();
    step[0] = 1;
    step[1] = 1;
    int rest = tap;
    for (int i = rank - 1; i >= 0; i--) {
      begin[i + 2] = (long) rest % window.kernel().get(i) * window.dilation().get(i);
      step[i + 2] = window.strides().get(i);
      count[i + 2] = counts[i];
      rest /= window.kernel().get(i);
    }
    return call.emit().slice(in, begin, step, count);
  }
}
