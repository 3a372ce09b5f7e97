package org.conv4j.layer.pooling;

import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.PoolingKind;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Convolution;
import org.conv4j.op.Pooling;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;

/**
 * Pooling over 1 to 3 dimensions whose padding is given in numbers, and whose windows may have
 * gaps, as other frameworks than Keras have it. A window spans {@code (size - 1) * dilation + 1}
 * elements; the output has {@code floor((n + begin + end - span) / stride) + 1} in each dimension.
 *
 * @param name the layer's name
 * @param function what becomes of a window's elements
 * @param poolSize the window's extents, one for each spatial dimension
 * @param strides the distance between neighbouring windows
 * @param dilation the distance between neighbouring elements of a window
 * @param padBegin what is added before the first element, less than a window's span
 * @param padEnd what is added behind the last element, less than a window's span
 * @param dataFormat the position of the channels in input and output
 */
public record PaddedPooling(
    String name,
    Function function,
    IntTuple poolSize,
    IntTuple strides,
    IntTuple dilation,
    IntTuple padBegin,
    IntTuple padEnd,
    DataFormat dataFormat)
    implements WeightlessLayer {
  /** What becomes of a window's elements. */
  public enum Function {
    /** The largest; padding takes no part. */
    MAX,
    /** The mean of the elements inside the input. */
    AVERAGE,
    /** The mean with zeros for the padding: the sum divided by the window's size. */
    AVERAGE_WITH_PADDING,
    /** The sum. */
    SUM
  }

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param name see {@link #name}
   * @param function see {@link #function}
   * @param poolSize see {@link #poolSize}
   * @param strides see {@link #strides}; one number stands for all dimensions
   * @param dilation see {@link #dilation}; one number stands for all dimensions
   * @param padBegin see {@link #padBegin}; one number stands for all dimensions
   * @param padEnd see {@link #padEnd}; one number stands for all dimensions
   * @param dataFormat see {@link #dataFormat}
   */
  public PaddedPooling {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(dataFormat, "dataFormat");
    int rank = poolSize.size();
    if (rank > 3) {
      throw Arguments.invalid(name, "pool_size", "1 to 3 numbers", poolSize);
    }
    Arguments.broadcast(name, "pool_size", rank, 1, poolSize);
    strides = Arguments.broadcast(name, "strides", rank, 1, strides);
    dilation = Arguments.broadcast(name, "dilation", rank, 1, dilation);
    padBegin = padding(name, "pad_begin", padBegin, poolSize, dilation);
    padEnd = padding(name, "pad_end", padEnd, poolSize, dilation);
  }

  private static IntTuple padding(
      String name, String argument, IntTuple given, IntTuple size, IntTuple dilation) {
    IntTuple padding = Arguments.broadcast(name, argument, size.size(), 0, given);
    for (int i = 0; i < size.size(); i++) {
      if (padding.get(i) >= span(size.get(i), dilation.get(i))) {
        throw Arguments.invalid(name, argument, "less than the pool_size " + size, given);
      }
    }
    return padding;
  }

  private static long span(int size, int dilation) {
    return (size - 1L) * dilation + 1;
  }

  /**
   * Returns a layer without padding, whose windows lie side by side, channels last.
   *
   * @param function see {@link #function}
   * @param poolSize the window's extents, one for each spatial dimension
   * @return the layer
   */
  public static PaddedPooling of(Function function, int... poolSize) {
    IntTuple size = IntTuple.of(poolSize);
    IntTuple none = IntTuple.of(0);
    return new PaddedPooling(
        "padded_pooling",
        function,
        size,
        size,
        IntTuple.of(1),
        none,
        none,
        DataFormat.CHANNELS_LAST);
  }

  /**
   * Sets the name.
   *
   * @param newName unique in a model
   * @return a changed copy
   */
  public PaddedPooling name(String newName) {
    return new PaddedPooling(
        newName, function, poolSize, strides, dilation, padBegin, padEnd, dataFormat);
  }

  /**
   * Sets the strides.
   *
   * @param newStrides one number for all dimensions, or one for each
   * @return a changed copy
   */
  public PaddedPooling strides(int... newStrides) {
    return new PaddedPooling(
        name, function, poolSize, IntTuple.of(newStrides), dilation, padBegin, padEnd, dataFormat);
  }

  /**
   * Sets the dilation.
   *
   * @param newDilation one number for all dimensions, or one for each
   * @return a changed copy
   */
  public PaddedPooling dilation(int... newDilation) {
    return new PaddedPooling(
        name, function, poolSize, strides, IntTuple.of(newDilation), padBegin, padEnd, dataFormat);
  }

  /**
   * Sets the padding.
   *
   * @param begin what is added before the first element
   * @param end what is added behind the last element
   * @return a changed copy
   */
  public PaddedPooling padding(IntTuple begin, IntTuple end) {
    return new PaddedPooling(name, function, poolSize, strides, dilation, begin, end, dataFormat);
  }

  /**
   * Sets the position of the channels.
   *
   * @param newDataFormat Keras's data format
   * @return a changed copy
   */
  public PaddedPooling dataFormat(DataFormat newDataFormat) {
    return new PaddedPooling(
        name, function, poolSize, strides, dilation, padBegin, padEnd, newDataFormat);
  }

  @Override
  public Shape outputShape(Shape input) {
    return layout().seen(output(layout().channelsLast(input)));
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Shape in = layout().channelsLast(input.shape());
    Shape out = output(in);
    return switch (function) {
      case MAX -> append(lowering, input, new Pooling(in, out, window(), PoolingKind.MAX));
      case AVERAGE -> append(lowering, input, new Pooling(in, out, window(), PoolingKind.AVERAGE));
      case AVERAGE_WITH_PADDING -> appendSum(lowering, input, in, out, 1.0 / window().taps());
      case SUM -> appendSum(lowering, input, in, out, 1);
    };
  }

  private Value append(Lowering lowering, Value input, Pooling op) {
    return layout().append(lowering, op, input);
  }

  /** Each element times a factor, added up: a convolution of every channel on its own. */
  private Value appendSum(Lowering lowering, Value input, Shape in, Shape out, double factor) {
    Convolution op = new Convolution(in, out, window(), in.intDim(-1), false, Activation.LINEAR);
    Constant kernel = new Constant.Filled(op.constants().get(0), factor);
    Value last = lowering.channelsLast(name, input, dataFormat);
    return lowering.append(name, op, last, List.of(kernel), dataFormat);
  }

  private SpatialLayout layout() {
    return new SpatialLayout(name, poolSize.size(), dataFormat);
  }

  private Window window() {
    return new Window(poolSize, strides, dilation, padBegin, padEnd);
  }

  private Shape output(Shape input) {
    long[] output = input.extents();
    for (int i = 0; i < poolSize.size(); i++) {
      if (Extents.isKnown(output[i + 1])) {
        long span = span(poolSize.get(i), dilation.get(i));
        long room = output[i + 1] + padBegin.get(i) + padEnd.get(i) - span;
        if (room < 0) {
          throw new ShapeMismatchException(
              "Layer '%s': a pool_size of %s with a dilation of %s and a padding of %s and %s leaves no output for the input %s."
                  .formatted(name, poolSize, dilation, padBegin, padEnd, layout().seen(input)));
        }
        output[i + 1] = room / strides.get(i) + 1;
      }
    }
    return Shape.open(output);
  }
}
