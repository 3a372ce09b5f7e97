package org.conv4j.layer.convolution;

import org.conv4j.layer.Arguments;

/**
 * Keras's SeparableConv2D: a depthwise 2-D convolution followed by a pointwise one.
 *
 * @param filters the number of output channels
 * @param depthMultiplier the number of channels between the two steps for each input channel
 * @param options the arguments that all convolution layers share; strides and dilation belong to
 *     the depthwise step, bias and activation follow the pointwise one
 */
public record SeparableConv2D(int filters, int depthMultiplier, ConvolutionOptions options)
    implements BaseSeparableConv<SeparableConv2D> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param filters see {@link #filters}
   * @param depthMultiplier see {@link #depthMultiplier}
   * @param options see {@link #options}
   */
  public SeparableConv2D {
    options = options.resolve(2, false);
    Arguments.positive(options.name(), "filters", filters);
    Arguments.positive(options.name(), "depth_multiplier", depthMultiplier);
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param filters the number of output channels
   * @param kernelSize the kernel's extents; one stands for all dimensions
   * @return the layer
   * @throws org.conv4j.error.InvalidLayerException if an argument is illegal
   */
  public static SeparableConv2D of(int filters, int... kernelSize) {
    return new SeparableConv2D(filters, 1, ConvolutionOptions.of("separable_conv2d", kernelSize));
  }

  /**
   * Sets the number of channels between the two steps for each input channel.
   *
   * @param depthMultiplier at least 1
   * @return a changed copy
   */
  public SeparableConv2D depthMultiplier(int depthMultiplier) {
    return new SeparableConv2D(filters, depthMultiplier, options);
  }

  @Override
  public SeparableConv2D withOptions(ConvolutionOptions options) {
    return new SeparableConv2D(filters, depthMultiplier, options);
  }
}
