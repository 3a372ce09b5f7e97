package org.conv4j.layer.convolution;

import org.conv4j.layer.Arguments;
import org.conv4j.shape.IntTuple;

/**
 * Keras's Conv2DTranspose: a transposed 2-D convolution, from the shape of a convolution's output
 * to that of its input.
 *
 * @param filters the number of output channels
 * @param outputPadding how far the output extends past its smallest length, or null for Keras's
 *     default
 * @param options the arguments that all convolution layers share
 */
public record Conv2DTranspose(int filters, IntTuple outputPadding, ConvolutionOptions options)
    implements BaseConvTranspose<Conv2DTranspose> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param filters see {@link #filters}
   * @param outputPadding see {@link #outputPadding}
   * @param options see {@link #options}
   */
  public Conv2DTranspose {
    options = options.resolve(2, false);
    Arguments.positive(options.name(), "filters", filters);
    outputPadding = ConvolutionArguments.outputPadding(options, outputPadding);
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param filters the number of output channels
   * @param kernelSize the kernel's extents; one stands for all dimensions
   * @return the layer
   * @throws org.conv4j.error.InvalidLayerException if an argument is illegal
   */
  public static Conv2DTranspose of(int filters, int... kernelSize) {
    return new Conv2DTranspose(
        filters, null, ConvolutionOptions.of("conv2d_transpose", kernelSize));
  }

  /**
   * Sets the output padding.
   *
   * @param outputPadding one number for all dimensions, or one for each, below its stride
   * @return a changed copy
   */
  public Conv2DTranspose outputPadding(int... outputPadding) {
    return new Conv2DTranspose(filters, IntTuple.of(outputPadding), options);
  }

  @Override
  public Conv2DTranspose withOptions(ConvolutionOptions options) {
    return new Conv2DTranspose(filters, outputPadding, options);
  }
}
