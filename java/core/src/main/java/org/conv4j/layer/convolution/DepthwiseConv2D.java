package org.conv4j.layer.convolution;

import org.conv4j.layer.Arguments;

/**
 * Keras's DepthwiseConv2D: a 2-D convolution, for images {@code (batch, height, width, channels)},
 * of every channel on its own.
 *
 * @param depthMultiplier the number of output channels for each input channel
 * @param options the arguments that all convolution layers share
 */
public record DepthwiseConv2D(int depthMultiplier, ConvolutionOptions options)
    implements BaseDepthwiseConv<DepthwiseConv2D> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param depthMultiplier see {@link #depthMultiplier}
   * @param options see {@link #options}
   */
  public DepthwiseConv2D {
    options = options.resolve(2, false);
    Arguments.positive(options.name(), "depth_multiplier", depthMultiplier);
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param kernelSize the kernel's extents; one stands for all dimensions
   * @return the layer
   * @throws org.conv4j.error.InvalidLayerException if an argument is illegal
   */
  public static DepthwiseConv2D of(int... kernelSize) {
    return new DepthwiseConv2D(1, ConvolutionOptions.of("depthwise_conv2d", kernelSize));
  }

  /**
   * Sets the number of output channels for each input channel.
   *
   * @param depthMultiplier at least 1
   * @return a changed copy
   */
  public DepthwiseConv2D depthMultiplier(int depthMultiplier) {
    return new DepthwiseConv2D(depthMultiplier, options);
  }

  @Override
  public DepthwiseConv2D withOptions(ConvolutionOptions options) {
    return new DepthwiseConv2D(depthMultiplier, options);
  }
}
