package org.conv4j.layer.convolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * The arguments that every convolution layer has, with Keras's names and defaults.
 *
 * @param name the layer's name
 * @param kernelSize the kernel's extents
 * @param strides the distance between neighbouring outputs (for a transposed layer, of inputs)
 * @param padding the treatment of borders
 * @param dataFormat the position of the channels in input and output
 * @param dilationRate the distance between neighbouring kernel taps
 * @param activation applied last
 * @param useBias whether a bias is added
 */
public record ConvolutionOptions(
    String name,
    IntTuple kernelSize,
    IntTuple strides,
    Padding padding,
    DataFormat dataFormat,
    IntTuple dilationRate,
    Activation activation,
    boolean useBias) {

  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param kernelSize see {@link #kernelSize}
   * @param strides see {@link #strides}
   * @param padding see {@link #padding}
   * @param dataFormat see {@link #dataFormat}
   * @param dilationRate see {@link #dilationRate}
   * @param activation see {@link #activation}
   * @param useBias see {@link #useBias}
   */
  public ConvolutionOptions {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kernelSize, "kernelSize");
    Objects.requireNonNull(strides, "strides");
    Objects.requireNonNull(padding, "padding");
    Objects.requireNonNull(dataFormat, "dataFormat");
    Objects.requireNonNull(dilationRate, "dilationRate");
    Objects.requireNonNull(activation, "activation");
  }

  /**
   * Returns the defaults of Keras: stride 1, no padding, channels last, no dilation, a bias, and no
   * activation.
   *
   * @param name the layer's name
   * @param kernelSize the kernel's extents; one stands for all dimensions
   * @return the options
   */
  public static ConvolutionOptions of(String name, int... kernelSize) {
    IntTuple one = IntTuple.of(1);
    return new ConvolutionOptions(
        name,
        IntTuple.of(kernelSize),
        one,
        Padding.VALID,
        DataFormat.CHANNELS_LAST,
        one,
        Activation.LINEAR,
        true);
  }

  /** Checks the options for a number of dimensions and writes single numbers out for each. */
  ConvolutionOptions resolve(int rank, boolean causal) {
    if (padding == Padding.CAUSAL && !causal) {
      throw Arguments.invalid(name, "padding", "valid or same", padding);
    }
    return new ConvolutionOptions(
        name,
        Arguments.broadcast(name, "kernel_size", rank, 1, kernelSize),
        Arguments.broadcast(name, "strides", rank, 1, strides),
        padding,
        dataFormat,
        Arguments.broadcast(name, "dilation_rate", rank, 1, dilationRate),
        activation,
        useBias);
  }

  /** The input's shape with the channels last, after checking its rank. */
  Shape channelsLast(Shape input) {
    return layout().channelsLast(input);
  }

  /** A channels-last shape as the layer's data format shows it. */
  Shape seen(Shape channelsLast) {
    return layout().seen(channelsLast);
  }

  private SpatialLayout layout() {
    return new SpatialLayout(name, kernelSize.size(), dataFormat);
  }

  /** The number of input channels, which decides the shapes of the weights. */
  int channels(Shape input) {
    return Arguments.known(name, channelsLast(input), -1, input).intDim(-1);
  }

  /** The output of a convolution with a number of filters. */
  Shape convolved(Shape input, long filters) {
    Shape last = channelsLast(input);
    return seen(
        ConvolutionLowering.output(
            this, last, filters, ConvolutionLowering.convolution(this, last)));
  }

  /** The given weights, followed by the bias if the layer has one. */
  List<WeightSpec> withBias(int filters, WeightSpec... weights) {
    List<WeightSpec> specs = new ArrayList<>(List.of(weights));
    if (useBias) {
      specs.add(new WeightSpec("bias", Shape.of(filters)));
    }
    return specs;
  }

  /** The bias among a layer's weights, or null if the layer has none. */
  Constant bias(Weights weights) {
    return useBias ? weights.get("bias") : null;
  }

  ConvolutionOptions withName(String value) {
    return new ConvolutionOptions(
        value, kernelSize, strides, padding, dataFormat, dilationRate, activation, useBias);
  }

  ConvolutionOptions withStrides(IntTuple value) {
    return new ConvolutionOptions(
        name, kernelSize, value, padding, dataFormat, dilationRate, activation, useBias);
  }

  ConvolutionOptions withPadding(Padding value) {
    return new ConvolutionOptions(
        name, kernelSize, strides, value, dataFormat, dilationRate, activation, useBias);
  }

  ConvolutionOptions withDataFormat(DataFormat value) {
    return new ConvolutionOptions(
        name, kernelSize, strides, padding, value, dilationRate, activation, useBias);
  }

  ConvolutionOptions withDilationRate(IntTuple value) {
    return new ConvolutionOptions(
        name, kernelSize, strides, padding, dataFormat, value, activation, useBias);
  }

  ConvolutionOptions withActivation(Activation value) {
    return new ConvolutionOptions(
        name, kernelSize, strides, padding, dataFormat, dilationRate, value, useBias);
  }

  ConvolutionOptions withUseBias(boolean value) {
    return new ConvolutionOptions(
        name, kernelSize, strides, padding, dataFormat, dilationRate, activation, value);
  }
}
