package org.conv4j.onnx.operator;

import java.util.List;
import java.util.function.Supplier;
import org.conv4j.activation.Activation;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;

/** Convolutions and transposed convolutions, of one to three spatial dimensions. */
final class Convolutions implements Family {
  @Override
  public String[] operators() {
    return new String[] {"Conv 1 11 22", "ConvTranspose 1 11 22"};
  }

  @Override
  public Value lower(Call call) {
    int rank = call.rank(0);
    if (rank < 3 || rank > 5) {
      throw call.node().invalid("its input needs 3 to 5 dimensions; given " + call.shape(0));
    }
    Value in = call.emit().channelsLast(call.value(0));
    Constant kernel = call.constant(1);
    if (kernel.shape().rank() != rank) {
      throw call.node()
          .invalid(
              "weights of %s do not fit an input of %s".formatted(kernel.shape(), call.shape(0)));
    }
    return call.operator().equals("Conv")
        ? convolution(call, in, kernel)
        : transposed(call, in, kernel);
  }

  private static Value convolution(Call call, Value in, Constant kernel) {
    Shape stored = in.stored();
    int rank = stored.rank() - 2;
    int groups = call.node().integer("group", 1);
    long filters = kernel.shape().dim(0);
    if (groups < 1 || kernel.shape().dim(1) * groups != stored.dim(-1) || filters % groups != 0) {
      throw call.node()
          .invalid(
              "weights of %s in %d groups do not fit an input of %s"
                  .formatted(kernel.shape(), groups, in.shape()));
    }
    WindowArguments arguments = WindowArguments.of(call, kernel.shape(), rank);
    Window window = arguments.window(stored);
    long[] output = new long[rank + 2];
    output[0] = stored.dim(0);
    output[rank + 1] = filters;
    for (int i = 0; i < rank; i++) {
      output[i + 1] = arguments.count(stored.dim(i + 1), window, i, false);
    }
    Constant bias = bias(call, filters);
    // (filters, channels, k...) as (k..., channels, filters).
    IntTuple axes = IntTuple.generate(rank + 2, i -> i < rank ? i + 2 : rank + 1 - i);
    Convolution op =
        new Convolution(stored, Shape.of(output), window, groups, bias != null, Activation.LINEAR);
    Value result =
        call.emit().append(op, in, constants(Call.permuted(kernel, axes), bias), in.view());
    return biased(call, result, bias);
  }

  private static Constant bias(Call call, long filters) {
    if (!call.has(2) || !call.isConstant(2)) {
      return null;
    }
    Constant bias = call.constant(2);
    if (bias.shape().elementCount() != filters) {
      throw call.node()
          .invalid("a bias of %s does not fit %d filters".formatted(bias.shape(), filters));
    }
    return bias.reshape(Shape.of(filters));
  }

  private static Value biased(Call call, Value result, Constant bias) {
    if (bias != null || !call.has(2)) {
      return result;
    }
    long filters = result.shape().dim(1);
    Shape along = Shapes.along(result.shape().rank(), 1, filters);
    return call.emit().add(result, call.emit().reshape(call.value(2), along));
  }

  private static List<Constant> constants(Constant kernel, Constant bias) {
    return bias == null ? List.of(kernel) : List.of(kernel, bias);
  }

  private static Value transposed(Call call, Value in, Constant kernel) {
    Shape stored = in.stored();
    int rank = stored.rank() - 2;
    int groups = call.node().integer("group", 1);
    long channels = kernel.shape().dim(0);
    if (groups < 1 || channels != stored.dim(-1) || channels % groups != 0) {
      throw call.node()
          .invalid(
              "weights of %s in %d groups do not fit an input of %s"
                  .formatted(kernel.shape(), groups, in.shape()));
    }
    long filters = kernel.shape().dim(1) * groups;
    WindowArguments arguments = WindowArguments.of(call, kernel.shape(), rank);
    Window window = arguments.transposed(call, stored);
    long[] output = new long[rank + 2];
    output[0] = stored.dim(0);
    output[rank + 1] = filters;
    for (int i = 0; i < rank; i++) {
      output[i + 1] =
          (stored.dim(i + 1) - 1) * window.strides().get(i)
              + window.effectiveKernel(i)
              - window.padBegin().get(i)
              - window.padEnd().get(i);
    }
    Constant bias = bias(call, filters);
    if (groups > 1) {
      return biased(
          call, new GroupedTranspose(call, in, window, groups).append(kernel, bias, output), bias);
    }
    // (channels, filters, k...) as (k..., filters, channels).
    IntTuple axes = IntTuple.generate(rank + 2, i -> i < rank ? i + 2 : rank + 1 - i);
    Deconvolution op =
        new Deconvolution(stored, Shape.of(output), window, bias != null, Activation.LINEAR);
    Value result =
        call.emit().append(op, in, constants(Call.permuted(kernel, axes), bias), in.view());
    return biased(call, result, bias);
  }

  /**
   * A transposed convolution in groups is a grouped convolution of the input with zeros between its
   * elements, with the kernel turned round.
   */
  private record GroupedTranspose(Call call, Value in, Window window, int groups) {
    Value append(Constant kernel, Constant bias, long[] output) {
      int rank = window.rank();
      Shape spread = in.stored();
      Value stretched = stretched();
      for (int i = 0; i < rank; i++) {
        int stride = window.strides().get(i);
        spread = spread.withDim(i + 1, spread.dim(i + 1) * stride);
      }
      int[] begin = new int[rank];
      int[] end = new int[rank];
      for (int i = 0; i < rank; i++) {
        int full = window.effectiveKernel(i) - 1;
        begin[i] = full - window.padBegin().get(i);
        // The zeros behind the last element are part of the padding.
        end[i] = full - window.padEnd().get(i) - (window.strides().get(i) - 1);
      }
      IntTuple ones = IntTuple.filled(rank, 1);
      Window moved =
          new Window(
              window.kernel(), ones, window.dilation(), IntTuple.of(begin), IntTuple.of(end));
      Convolution op =
          new Convolution(spread, Shape.of(output), moved, groups, bias != null, Activation.LINEAR);
      Value flat = new Value(stretched.id(), spread, DataFormat.CHANNELS_LAST);
      return call.emit()
          .append(op, flat, constants(turned(kernel), bias), DataFormat.CHANNELS_FIRST);
    }

    /** Each element followed by zeros: with an axis of its own, it is padded. */
    private Value stretched() {
      int rank = window.rank();
      long[] dims = new long[2 * rank + 2];
      long[] none = new long[dims.length];
      long[] behind = new long[dims.length];
      dims[0] = in.stored().dim(0);
      for (int i = 0; i < rank; i++) {
        dims[2 * i + 1] = in.stored().dim(i + 1);
        dims[2 * i + 2] = 1;
        behind[2 * i + 2] = window.strides().get(i) - 1;
      }
      dims[2 * rank + 1] = in.stored().dim(-1);
      Value apart = new Value(in.id(), Shape.of(dims), DataFormat.CHANNELS_LAST);
      return call.emit().pad(apart, none, behind, 0);
    }

    /** (channels, filters of a group, k...) as (k..., channels of a group, filters), turned. */
    private Constant turned(Constant kernel) {
      int rank = window.rank();
      Shape given = kernel.shape();
      long size = given.dim(0) / groups;
      long filters = given.dim(1);
      long[] dims = new long[rank + 3];
      dims[0] = groups;
      dims[1] = size;
      for (int i = 1; i < given.rank(); i++) {
        dims[i + 1] = given.dim(i);
      }
      int[] axes = new int[rank + 3];
      for (int i = 0; i < rank; i++) {
        axes[i] = i + 3;
      }
      axes[rank] = 1;
      axes[rank + 1] = 0;
      axes[rank + 2] = 2;
      Constant apart = Call.permuted(kernel.reshape(Shape.of(dims)), IntTuple.of(axes));
      long[] joined = new long[rank + 2];
      for (int i = 0; i < rank; i++) {
        joined[i] = window.kernel().get(i);
      }
      joined[rank] = size;
      joined[rank + 1] = groups * filters;
      Shape shape = Shape.of(joined);
      Constant joinedKernel = apart.reshape(shape);
      if (joinedKernel instanceof Constant.Filled) {
        return joinedKernel;
      }
      int taps = Math.toIntExact(window.taps());
      return new Constant.Stored(shape, new TurnedKernel(joinedKernel, taps));
    }
  }

  /** Reads a kernel with its taps, the outer dimensions, in the opposite order. */
  private record TurnedKernel(Constant kernel, int taps) implements Supplier<Tensor> {
    @Override
    public Tensor get() {
      double[] given = kernel.elements();
      double[] turned = new double[given.length];
      int size = given.length / taps;
      for (int tap = 0; tap < taps; tap++) {
        System.arraycopy(given, tap * size, turned, (taps - 1 - tap) * size, size);
      }
      return Tensor.allocate(DataType.FLOAT64, kernel.shape()).copyFrom(turned);
    }
  }
}
