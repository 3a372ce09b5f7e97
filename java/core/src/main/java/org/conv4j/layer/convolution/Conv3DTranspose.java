package org.conv4j.layer.convolution;

import org.conv4j.layer.Arguments;
import org.conv4j.shape.IntTuple;

/**
 * Keras's Conv3DTranspose: a transposed 3-D convolution, from the shape of a convolution's output
 * to that of its input.
 *
 * @param filters the number of output channels
 * @param outputPadding how far the output extends past its smallest length, or null for Keras's
 *     default
 * @param options the arguments that all convolution layers share
 */
public record Conv3DTranspose(int filters, IntTuple outputPadding, ConvolutionOptions options)
    implements BaseConvTranspose<Conv3DTranspose> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param filters see {@link #filters}
   * @param outputPadding see {@link #outputPadding}
   * @param options see {@link #options}
   */
  public Conv3DTranspose {
    options = options.resolve(3, false);
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
  public static Conv3DTranspose of(int filters, int... kernelSize) {
    return new Conv3DTranspose(
        filters, null, ConvolutionOptions.of("conv3d_transpose", kernelSize));
  }

  /**
   * Sets the output padding.
   *
   * @param outputPadding one number for all dimensions, or one for each, below its stride
   * @return a changed copy
   */
  public Conv3DTranspose outputPadding(int... outputPadding) {
    return new Conv3DTranspose(filters, IntTuple.of(outputPadding), options);
  }

  @Override
  public Conv3DTranspose withOptions(ConvolutionOptions options) {
    return new Conv3DTranspose(filters, outputPadding, options);
  }
}
