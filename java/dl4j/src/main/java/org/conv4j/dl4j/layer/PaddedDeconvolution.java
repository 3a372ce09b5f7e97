package org.conv4j.dl4j.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * A transposed convolution whose padding is given in numbers. Of the {@code (n - 1) * stride +
 * span} elements of a dimension's full output, the padding is cut off at both ends.
 *
 * <p>Weights: {@code kernel} of shape {@code (k..., filters, channels)}, {@code bias} of shape
 * {@code (filters)}.
 *
 * @param name the layer's name
 * @param filters the number of output channels
 * @param kernelSize the kernel's extents
 * @param strides how many outputs lie between those of neighbouring inputs
 * @param dilation the distance between neighbouring taps
 * @param padding what is cut off at each end; null for an output of {@code n * stride}, of which
 *     the end loses one more than the begin if the number is odd
 * @param dataFormat the position of the channels in input and output
 * @param useBias whether a bias is added
 */
public record PaddedDeconvolution(
    String name,
    int filters,
    IntTuple kernelSize,
    IntTuple strides,
    IntTuple dilation,
    IntTuple padding,
    DataFormat dataFormat,
    boolean useBias)
    implements SingleInputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param filters see {@link #filters}
   * @param kernelSize see {@link #kernelSize}
   * @param strides see {@link #strides}
   * @param dilation see {@link #dilation}
   * @param padding see {@link #padding}
   * @param dataFormat see {@link #dataFormat}
   * @param useBias see {@link #useBias}
   */
  public PaddedDeconvolution {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dataFormat, "dataFormat");
    Arguments.positive(name, "filters", filters);
    int rank = kernelSize.size();
    Arguments.broadcast(name, "kernel size", rank, 1, kernelSize);
    strides = Arguments.broadcast(name, "stride", rank, 1, strides);
    dilation = Arguments.broadcast(name, "dilation", rank, 1, dilation);
    padding = padding == null ? null : Arguments.broadcast(name, "padding", rank, 0, padding);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    long[] kernel = new long[kernelSize.size() + 2];
    for (int i = 0; i < kernelSize.size(); i++) {
      kernel[i] = kernelSize.get(i);
    }
    kernel[kernel.length - 2] = filters;
    kernel[kernel.length - 1] =
        Arguments.known(name, layout().channelsLast(input), -1, input).dim(-1);
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(new WeightSpec("kernel", Shape.of(kernel)));
    if (useBias) {
      specs.add(new WeightSpec("bias", Shape.of(filters)));
    }
    return specs;
  }

  @Override
  public Shape outputShape(Shape input) {
    return layout().seen(output(layout().channelsLast(input)));
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Value in = lowering.channelsLast(name, input, dataFormat);
    Shape output = output(in.stored());
    IntTuple begin = IntTuple.generate(kernelSize.size(), this::begin);
    IntTuple end =
        IntTuple.generate(
            kernelSize.size(),
            i ->
                Math.toIntExact(
                    full(i, in.stored().dim(i + 1)) - output.dim(i + 1) - begin.get(i)));
    Window window = new Window(kernelSize, strides, dilation, begin, end);
    Deconvolution op = new Deconvolution(in.stored(), output, window, useBias, Activation.LINEAR);
    List<Constant> constants =
        useBias
            ? List.of(weights.get("kernel"), weights.get("bias"))
            : List.of(weights.get("kernel"));
    return lowering.append(name, op, in, constants, dataFormat);
  }

  private SpatialLayout layout() {
    return new SpatialLayout(name, kernelSize.size(), dataFormat);
  }

  private int span(int i) {
    return Math.addExact(Math.multiplyExact(kernelSize.get(i) - 1, dilation.get(i)), 1);
  }

  private long full(int i, long input) {
    return Math.addExact(Math.multiplyExact(input - 1, strides.get(i)), span(i));
  }

  private int begin(int i) {
    return padding == null ? (span(i) - strides.get(i)) / 2 : padding.get(i);
  }

  private Shape output(Shape input) {
    long[] output = input.extents();
    for (int i = 0; i < kernelSize.size(); i++) {
      if (!Extents.isKnown(output[i + 1])) {
        continue;
      }
      output[i + 1] =
          padding == null
              ? Math.multiplyExact(output[i + 1], strides.get(i))
              : full(i, output[i + 1]) - 2L * padding.get(i);
      if (output[i + 1] < 1) {
        throw new ShapeMismatchException(
            "Layer '%s': a padding of %s leaves no output for the input %s."
                .formatted(name, padding, layout().seen(input)));
      }
    }
    output[output.length - 1] = filters;
    return Shape.open(output);
  }
}
