package org.conv4j.dl4j.convert;

import org.conv4j.activation.Activation;
import org.conv4j.dl4j.layer.ByShape;
import org.conv4j.dl4j.layer.PaddedDeconvolution;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Layer;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv3D;
import org.conv4j.layer.convolution.ConvolutionOptions;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.reshaping.Borders;
import org.conv4j.layer.reshaping.ZeroPadding1D;
import org.conv4j.layer.reshaping.ZeroPadding2D;
import org.conv4j.layer.reshaping.ZeroPadding3D;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolutions. Deeplearning4j keeps kernels as (filters, channels, k...), but those of depthwise
 * ones as conv4j does, of separable ones as (multiplier, channels, k...), and of deconvolutions as
 * (channels, filters, k...) in two and as conv4j does in three dimensions.
 */
final class Convolutions {
  private Convolutions() {}

  static SymbolicTensor convolution1D(
      Draft draft,
      String name,
      Convolution1DLayer layer,
      Parameters parameters,
      SymbolicTensor in) {
    Frame frame = Frame.of(1, layer, Formats.of(layer.getRnnDataFormat()));
    // Deeplearning4j takes the numbers of (filters, channels, k, 1) for those of (k, channels,
    // filters).
    INDArray kernel = parameters.array("W");
    long[] shape = {layer.getKernelSize()[0], layer.getNIn(), layer.getNOut()};
    parameters.with("kernel", kernel.reshape(kernel.ordering(), shape), shape);
    Layer convolution = new Conv1D(filters(layer), 1, frame.options(name, layer.hasBias()));
    return apply(draft, name, layer, frame, convolution, parameters.bias(layer.hasBias()), in);
  }

  static SymbolicTensor convolution2D(
      Draft draft, String name, ConvolutionLayer layer, Parameters parameters, SymbolicTensor in) {
    Frame frame = Frame.of(2, layer, Formats.of(layer.getCnn2dDataFormat()));
    parameters.permuted("kernel", "W", 2, 3, 1, 0).bias(layer.hasBias());
    Layer convolution = new Conv2D(filters(layer), 1, frame.options(name, layer.hasBias()));
    return apply(draft, name, layer, frame, convolution, parameters, in);
  }

  static SymbolicTensor convolution3D(
      Draft draft, String name, Convolution3D layer, Parameters parameters, SymbolicTensor in) {
    Frame frame = Frame.of(3, layer, Formats.of(layer.getDataFormat()));
    parameters.permuted("kernel", "W", 2, 3, 4, 1, 0).bias(layer.hasBias());
    Layer convolution = new Conv3D(filters(layer), 1, frame.options(name, layer.hasBias()));
    return apply(draft, name, layer, frame, convolution, parameters, in);
  }

  static SymbolicTensor depthwise2D(
      Draft draft,
      String name,
      DepthwiseConvolution2D layer,
      Parameters parameters,
      SymbolicTensor in) {
    Frame frame = Frame.of(2, layer, Formats.of(layer.getCnn2dDataFormat()));
    parameters.permuted("kernel", "W", 0, 1, 2, 3).bias(layer.hasBias());
    Layer convolution =
        new DepthwiseConv2D(layer.getDepthMultiplier(), frame.options(name, layer.hasBias()));
    return apply(draft, name, layer, frame, convolution, parameters, in);
  }

  static SymbolicTensor separable2D(
      Draft draft,
      String name,
      SeparableConvolution2D layer,
      Parameters parameters,
      SymbolicTensor in) {
    Frame frame = Frame.of(2, layer, Formats.of(layer.getCnn2dDataFormat()));
    parameters
        .permuted("depthwise_kernel", "W", 2, 3, 1, 0)
        .permuted("pointwise_kernel", "pW", 2, 3, 1, 0)
        .bias(layer.hasBias());
    Layer convolution =
        new SeparableConv2D(
            filters(layer), layer.getDepthMultiplier(), frame.options(name, layer.hasBias()));
    return apply(draft, name, layer, frame, convolution, parameters, in);
  }

  static SymbolicTensor deconvolution2D(
      Draft draft, String name, Deconvolution2D layer, Parameters parameters, SymbolicTensor in) {
    Frame frame = Frame.of(2, layer, Formats.of(layer.getCnn2dDataFormat()));
    parameters.permuted("kernel", "W", 2, 3, 1, 0).bias(layer.hasBias());
    return deconvolution(draft, name, layer, frame, parameters, in);
  }

  static SymbolicTensor deconvolution3D(
      Draft draft, String name, Deconvolution3D layer, Parameters parameters, SymbolicTensor in) {
    Frame frame = Frame.of(3, layer, Formats.of(layer.getDataFormat()));
    parameters.permuted("kernel", "W", 0, 1, 2, 3, 4).bias(layer.hasBias());
    return deconvolution(draft, name, layer, frame, parameters, in);
  }

  private static SymbolicTensor deconvolution(
      Draft draft,
      String name,
      ConvolutionLayer layer,
      Frame frame,
      Parameters parameters,
      SymbolicTensor in) {
    Layer deconvolution =
        new PaddedDeconvolution(
            name,
            filters(layer),
            frame.kernel,
            frame.strides,
            frame.dilation,
            frame.mode == ConvolutionMode.Same ? null : frame.padding,
            frame.format,
            layer.hasBias());
    SymbolicTensor sum = draft.apply(deconvolution, parameters.weights(), in);
    return Activations.apply(draft, name, layer.getActivationFn(), sum);
  }

  private static SymbolicTensor apply(
      Draft draft,
      String name,
      ConvolutionLayer layer,
      Frame frame,
      Layer convolution,
      Parameters parameters,
      SymbolicTensor in) {
    SymbolicTensor padded = frame.pad(draft, name, in);
    SymbolicTensor sum = draft.apply(convolution, parameters.weights(), padded);
    return Activations.apply(draft, name, layer.getActivationFn(), sum);
  }

  private static int filters(ConvolutionLayer layer) {
    return Math.toIntExact(layer.getNOut());
  }

  /** The movement of a kernel, as Deeplearning4j describes it. */
  private record Frame(
      int rank,
      IntTuple kernel,
      IntTuple strides,
      IntTuple dilation,
      IntTuple padding,
      ConvolutionMode mode,
      DataFormat format) {
    static Frame of(int rank, ConvolutionLayer layer, DataFormat format) {
      return new Frame(
          rank,
          Formats.tuple(rank, layer.getKernelSize()),
          Formats.tuple(rank, layer.getStride()),
          Formats.tuple(rank, layer.getDilation()),
          Formats.tuple(rank, layer.getPadding()),
          layer.getConvolutionMode(),
          format);
    }

    ConvolutionOptions options(String name, boolean bias) {
      Padding keras =
          switch (mode) {
            case Same -> Padding.SAME;
            case Causal -> Padding.CAUSAL;
            case Strict, Truncate -> Padding.VALID;
          };
      return new ConvolutionOptions(
          name, kernel, strides, keras, format, dilation, Activation.LINEAR, bias);
    }

    /** Padding in numbers becomes a layer, which the optimiser merges with the convolution. */
    SymbolicTensor pad(Draft draft, String name, SymbolicTensor in) {
      if (mode == ConvolutionMode.Same && rank == 1) {
        String step = name + ".same";
        return draft.apply(ByShape.of(step, input -> skip(step, input)), in);
      }
      if (mode == ConvolutionMode.Same || mode == ConvolutionMode.Causal) {
        return in;
      }
      SymbolicTensor checked =
          mode == ConvolutionMode.Strict && rank > 1
              ? draft.apply(ByShape.of(name + ".strict", this::strict), in)
              : in;
      if (padding.all(0)) {
        return checked;
      }
      Borders borders = new Borders(name + ".pad", padding, padding, format);
      return draft.apply(
          switch (rank) {
            case 1 -> new ZeroPadding1D(borders);
            case 2 -> new ZeroPadding2D(borders);
            default -> new ZeroPadding3D(borders);
          },
          checked);
    }

    private Layer skip(String name, Shape input) {
      SamePadding same = SamePadding.of(name, kernel, strides, dilation, format, input);
      return same.skips() ? same.skip(name, format) : Identity.of();
    }

    /** In strict mode, the strides must reach the end exactly. */
    private Layer strict(Shape input) {
      Shape last = new SpatialLayout("strict", rank, format).channelsLast(input);
      for (int i = 0; i < rank; i++) {
        long span = (kernel.get(i) - 1L) * dilation.get(i) + 1;
        long room = last.extent(i + 1) + 2L * padding.get(i) - span;
        if (last.isKnown() && room % strides.get(i) != 0) {
          throw new ShapeMismatchException(
              ("In strict mode, a kernel of %s with strides of %s, a dilation of %s and a padding"
                      + " of %s must fit the input %s without a rest.")
                  .formatted(kernel, strides, dilation, padding, input));
        }
      }
      return Identity.of();
    }
  }
}
