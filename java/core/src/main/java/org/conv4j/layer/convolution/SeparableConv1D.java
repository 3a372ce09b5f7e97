package org.conv4j.layer.convolution;

import org.conv4j.layer.Arguments;

/**
 * Keras's SeparableConv1D: a depthwise 1-D convolution followed by a pointwise one. Causal padding,
 * which older Keras lists and Keras 3 rejects, is accepted.
 *
 * @param filters the number of output channels
 * @param depthMultiplier the number of channels between the two steps for each input channel
 * @param options the arguments that all convolution layers share; strides and dilation belong to
 *     the depthwise step, bias and activation follow the pointwise one
 */
public record SeparableConv1D(int filters, int depthMultiplier, ConvolutionOptions options)
    implements BaseSeparableConv<SeparableConv1D> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param filters see {@link #filters}
   * @param depthMultiplier see {@link #depthMultiplier}
   * @param options see {@link #options}
   */
  public SeparableConv1D {
    options = options.resolve(1, true);
    Arguments.positive(options.name(), "filters", filters);
    Arguments.positive(options.name(), "depth_multiplier", depthMultiplier);
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param filters the number of output channels
   * @param kernelSize the kernel's extent
   * @return the layer
   * @throws org.conv4j.error.InvalidLayerException if an argument is illegal
   */
  public static SeparableConv1D of(int filters, int kernelSize) {
    return new SeparableConv1D(filters, 1, ConvolutionOptions.of("separable_conv1d", kernelSize));
  }

  /**
   * Sets the number of channels between the two steps for each input channel.
   *
   * @param depthMultiplier at least 1
   * @return a changed copy
   */
  public SeparableConv1D depthMultiplier(int depthMultiplier) {
    return new SeparableConv1D(filters, depthMultiplier, options);
  }

  @Override
  public SeparableConv1D withOptions(ConvolutionOptions options) {
    return new SeparableConv1D(filters, depthMultiplier, options);
  }
}
