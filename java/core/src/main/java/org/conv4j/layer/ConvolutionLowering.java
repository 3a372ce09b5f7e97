package org.conv4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.activation.Elementwise;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Constant;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.ConvolutionArithmetic;
import org.conv4j.shape.ConvolutionArithmetic.Extent;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/** How the convolution layers become ops; the arithmetic is in {@link ConvolutionArithmetic}. */
final class ConvolutionLowering {
  private ConvolutionLowering() {}

  /** A window and the channels-last output shape that it gives. */
  record Resolved(Window window, Shape output) {}

  /** Resolves an ordinary convolution of a channels-last input. */
  static Resolved convolution(ConvolutionOptions options, Shape input, long filters) {
    int rank = options.kernelSize().size();
    Extent[] extents = new Extent[rank];
    for (int i = 0; i < rank; i++) {
      extents[i] =
          ConvolutionArithmetic.convolution(
              input.dim(i + 1),
              options.kernelSize().get(i),
              options.strides().get(i),
              options.dilationRate().get(i),
              options.padding());
    }
    return resolve(options, input, filters, extents);
  }

  /** Resolves a transposed convolution of a channels-last input. */
  static Resolved transposed(
      ConvolutionOptions options, IntTuple outputPadding, Shape input, long filters) {
    int rank = options.kernelSize().size();
    Extent[] extents = new Extent[rank];
    for (int i = 0; i < rank; i++) {
      extents[i] =
          ConvolutionArithmetic.transposed(
              input.dim(i + 1),
              options.kernelSize().get(i),
              options.strides().get(i),
              options.dilationRate().get(i),
              options.padding(),
              outputPadding == null ? null : outputPadding.get(i));
    }
    return resolve(options, input, filters, extents);
  }

  private static Resolved resolve(
      ConvolutionOptions options, Shape input, long filters, Extent[] extents) {
    int rank = extents.length;
    long[] output = new long[rank + 2];
    int[] padBegin = new int[rank];
    int[] padEnd = new int[rank];
    output[0] = input.dim(0);
    output[rank + 1] = filters;
    for (int i = 0; i < rank; i++) {
      if (extents[i].output() < 1) {
        throw new ShapeMismatchException(
            "Layer '%s': a kernel_size of %s with a dilation_rate of %s and %s padding leaves no output for the input %s."
                .formatted(
                    options.name(),
                    options.kernelSize(),
                    options.dilationRate(),
                    options.padding(),
                    options.seen(input)));
      }
      output[i + 1] = extents[i].output();
      padBegin[i] = extents[i].padBegin();
      padEnd[i] = extents[i].padEnd();
    }
    Window window =
        new Window(
            options.kernelSize(),
            options.strides(),
            options.dilationRate(),
            IntTuple.of(padBegin),
            IntTuple.of(padEnd));
    return new Resolved(window, Shape.of(output));
  }

  /** Appends a convolution whose kernel is given in Keras's layout. */
  static Value appendConvolution(
      Lowering lowering,
      ConvolutionOptions options,
      Value input,
      int groups,
      Constant kernel,
      Constant bias,
      int filters,
      Elementwise activation) {
    Value in = lowering.channelsLast(options.name(), input, options.dataFormat());
    Shape stored = in.stored();
    Resolved resolved = convolution(options, stored, filters);
    Convolution op =
        new Convolution(
            stored, resolved.output(), resolved.window(), groups, bias != null, activation);
    Constant reshaped = kernel.reshape(kernelShape(op));
    return lowering.append(options.name(), op, in, constants(reshaped, bias), options.dataFormat());
  }

  /** Appends a transposed convolution whose kernel is given in Keras's layout. */
  static Value appendDeconvolution(
      Lowering lowering,
      ConvolutionOptions options,
      IntTuple outputPadding,
      Value input,
      Constant kernel,
      Constant bias,
      int filters,
      Elementwise activation) {
    Value in = lowering.channelsLast(options.name(), input, options.dataFormat());
    Shape stored = in.stored();
    Resolved resolved = transposed(options, outputPadding, stored, filters);
    Deconvolution op =
        new Deconvolution(stored, resolved.output(), resolved.window(), bias != null, activation);
    return lowering.append(options.name(), op, in, constants(kernel, bias), options.dataFormat());
  }

  /** A shape that starts with the kernel's extents. */
  static Shape kernelShape(IntTuple kernelSize, long... channels) {
    long[] dims = new long[kernelSize.size() + channels.length];
    for (int i = 0; i < kernelSize.size(); i++) {
      dims[i] = kernelSize.get(i);
    }
    System.arraycopy(channels, 0, dims, kernelSize.size(), channels.length);
    return Shape.of(dims);
  }

  private static Shape kernelShape(Convolution op) {
    return kernelShape(op.window().kernel(), op.channelsPerGroup(), op.output().dim(-1));
  }

  private static List<Constant> constants(Constant kernel, Constant bias) {
    List<Constant> constants = new ArrayList<>();
    constants.add(kernel);
    if (bias != null) {
      constants.add(bias);
    }
    return constants;
  }
}
