package org.conv4j.layer.convolution;

import org.conv4j.layer.Arguments;

/**
 * Keras's DepthwiseConv1D: a 1-D convolution, for sequences {@code (batch, steps, channels)}, of
 * every channel on its own.
 *
 * @param depthMultiplier the number of output channels for each input channel
 * @param options the arguments that all convolution layers share
 */
public record DepthwiseConv1D(int depthMultiplier, ConvolutionOptions options)
    implements BaseDepthwiseConv<DepthwiseConv1D> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param depthMultiplier see {@link #depthMultiplier}
   * @param options see {@link #options}
   */
  public DepthwiseConv1D {
    options = options.resolve(1, true);
    Arguments.positive(options.name(), "depth_multiplier", depthMultiplier);
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param kernelSize the kernel's extent
   * @return the layer
   * @throws org.conv4j.error.InvalidLayerException if an argument is illegal
   */
  public static DepthwiseConv1D of(int kernelSize) {
    return new DepthwiseConv1D(1, ConvolutionOptions.of("depthwise_conv1d", kernelSize));
  }

  /**
   * Sets the number of output channels for each input channel.
   *
   * @param depthMultiplier at least 1
   * @return a changed copy
   */
  public DepthwiseConv1D depthMultiplier(int depthMultiplier) {
    return new DepthwiseConv1D(depthMultiplier, options);
  }

  @Override
  public DepthwiseConv1D withOptions(ConvolutionOptions options) {
    return new DepthwiseConv1D(depthMultiplier, options);
  }
}
