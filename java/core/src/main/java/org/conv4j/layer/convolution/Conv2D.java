package org.conv4j.layer.convolution;

/**
 * Keras's Conv2D: a 2-D convolution, for images {@code (batch, height, width, channels)}. A kernel
 * of extent 1 makes it pointwise.
 *
 * @param filters the number of output channels
 * @param groups the number of groups that the channels are split into
 * @param options the arguments that all convolution layers share
 */
public record Conv2D(int filters, int groups, ConvolutionOptions options)
    implements BaseConv<Conv2D> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param filters see {@link #filters}
   * @param groups see {@link #groups}
   * @param options see {@link #options}
   */
  public Conv2D {
    options = options.resolve(2, false);
    ConvolutionArguments.filtersAndGroups(options.name(), filters, groups);
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param filters the number of output channels
   * @param kernelSize the kernel's extents; one stands for all dimensions
   * @return the layer
   * @throws org.conv4j.error.InvalidLayerException if an argument is illegal
   */
  public static Conv2D of(int filters, int... kernelSize) {
    return new Conv2D(filters, 1, ConvolutionOptions.of("conv2d", kernelSize));
  }

  /**
   * Sets the number of groups.
   *
   * @param groups a divisor of the filters and of the input's channels
   * @return a changed copy
   */
  public Conv2D groups(int groups) {
    return new Conv2D(filters, groups, options);
  }

  @Override
  public Conv2D withOptions(ConvolutionOptions options) {
    return new Conv2D(filters, groups, options);
  }
}
