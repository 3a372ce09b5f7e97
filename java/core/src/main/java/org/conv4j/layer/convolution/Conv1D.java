package org.conv4j.layer.convolution;

/**
 * Keras's Conv1D: a 1-D convolution, for sequences {@code (batch, steps, channels)}. With causal
 * padding no output sees a later input. A kernel of extent 1 makes it pointwise.
 *
 * @param filters the number of output channels
 * @param groups the number of groups that the channels are split into
 * @param options the arguments that all convolution layers share
 */
public record Conv1D(int filters, int groups, ConvolutionOptions options)
    implements BaseConv<Conv1D> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param filters see {@link #filters}
   * @param groups see {@link #groups}
   * @param options see {@link #options}
   */
  public Conv1D {
    options = options.resolve(1, true);
    ConvolutionArguments.filtersAndGroups(options.name(), filters, groups);
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param filters the number of output channels
   * @param kernelSize the kernel's extent
   * @return the layer
   * @throws org.conv4j.error.InvalidLayerException if an argument is illegal
   */
  public static Conv1D of(int filters, int kernelSize) {
    return new Conv1D(filters, 1, ConvolutionOptions.of("conv1d", kernelSize));
  }

  /**
   * Sets the number of groups.
   *
   * @param groups a divisor of the filters and of the input's channels
   * @return a changed copy
   */
  public Conv1D groups(int groups) {
    return new Conv1D(filters, groups, options);
  }

  @Override
  public Conv1D withOptions(ConvolutionOptions options) {
    return new Conv1D(filters, groups, options);
  }
}
