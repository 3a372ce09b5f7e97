package org.conv4j.layer.convolution;

import org.conv4j.layer.Arguments;
import org.conv4j.shape.IntTuple;

/**
 * Keras's Conv1DTranspose: a transposed 1-D convolution, from the shape of a convolution's output
 * to that of its input.
 *
 * @param filters the number of output channels
 * @param outputPadding how far the output extends past its smallest length, or null for Keras's
 *     default
 * @param options the arguments that all convolution layers share
 */
public record Conv1DTranspose(int filters, IntTuple outputPadding, ConvolutionOptions options)
    implements BaseConvTranspose<Conv1DTranspose> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param filters see {@link #filters}
   * @param outputPadding see {@link #outputPadding}
   * @param options see {@link #options}
   */
  public Conv1DTranspose {
    options = options.resolve(1, false);
    Arguments.positive(options.name(), "filters", filters);
    outputPadding = ConvolutionArguments.outputPadding(options, outputPadding);
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param filters the number of output channels
   * @param kernelSize the kernel's extent
   * @return the layer
   * @throws org.conv4j.error.InvalidLayerException if an argument is illegal
   */
  public static Conv1DTranspose of(int filters, int kernelSize) {
    return new Conv1DTranspose(
        filters, null, ConvolutionOptions.of("conv1d_transpose", kernelSize));
  }

  /**
   * Sets the output padding.
   *
   * @param outputPadding a number below the stride
   * @return a changed copy
   */
  public Conv1DTranspose outputPadding(int outputPadding) {
    return new Conv1DTranspose(filters, IntTuple.of(outputPadding), options);
  }

  @Override
  public Conv1DTranspose withOptions(ConvolutionOptions options) {
    return new Conv1DTranspose(filters, outputPadding, options);
  }
}
