package org.conv4j.layer.convolution;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.activation.Elementwise;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.ConvolutionArithmetic;
import org.conv4j.shape.ConvolutionArithmetic.Extent;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.weights.Constant;

/** How the convolution layers become ops; the arithmetic is in {@link ConvolutionArithmetic}. */
final class ConvolutionLowering {
  private ConvolutionLowering() {}

  /** Resolves the spatial dimensions of an ordinary convolution of a channels-last input. */
  static Extent[] convolution(ConvolutionOptions options, Shape input) {
    Extent[] extents = new Extent[options.kernelSize().size()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] =
          ConvolutionArithmetic.convolution(
              input.extent(i + 1),
              options.kernelSize().get(i),
              options.strides().get(i),
              options.dilationRate().get(i),
              options.padding());
    }
    return extents;
  }

  /** Resolves the spatial dimensions of a transposed convolution of a channels-last input. */
  static Extent[] transposed(ConvolutionOptions options, IntTuple outputPadding, Shape input) {
    Extent[] extents = new Extent[options.kernelSize().size()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] =
          ConvolutionArithmetic.transposed(
              input.extent(i + 1),
              options.kernelSize().get(i),
              options.strides().get(i),
              options.dilationRate().get(i),
              options.padding(),
              outputPadding == null ? null : outputPadding.get(i));
    }
    return extents;
  }

  /** The channels-last output of resolved dimensions. */
  static Shape output(ConvolutionOptions options, Shape input, long filters, Extent[] extents) {
    long[] output = new long[extents.length + 2];
    output[0] = input.extent(0);
    output[extents.length + 1] = filters;
    for (int i = 0; i < extents.length; i++) {
      output[i + 1] = extents[i].output();
      if (Extents.isKnown(output[i + 1]) && output[i + 1] < 1) {
        throw new ShapeMismatchException(
            "Layer '%s': a kernel_size of %s with a dilation_rate of %s and %s padding leaves no output for the input %s."
                .formatted(
                    options.name(),
                    options.kernelSize(),
                    options.dilationRate(),
                    options.padding(),
                    options.seen(input)));
      }
    }
    return Shape.open(output);
  }

  private static Window window(ConvolutionOptions options, Extent[] extents) {
    return new Window(
        options.kernelSize(),
        options.strides(),
        options.dilationRate(),
        IntTuple.generate(extents.length, i -> extents[i].padBegin()),
        IntTuple.generate(extents.length, i -> extents[i].padEnd()));
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
    Extent[] extents = convolution(options, stored);
    Shape output = output(options, stored, filters, extents);
    Convolution op =
        new Convolution(stored, output, window(options, extents), groups, bias != null, activation);
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
    Extent[] extents = transposed(options, outputPadding, stored);
    Shape output = output(options, stored, filters, extents);
    Deconvolution op =
        new Deconvolution(stored, output, window(options, extents), bias != null, activation);
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
