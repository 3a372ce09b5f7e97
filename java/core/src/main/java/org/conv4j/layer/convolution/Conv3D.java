package org.conv4j.layer.convolution;

/**
 * Keras's Conv3D: a 3-D convolution, for volumes {@code (batch, depth, height, width, channels)}. A
 * kernel of extent 1 makes it pointwise.
 *
 * @param filters the number of output channels
 * @param groups the number of groups that the channels are split into
 * @param options the arguments that all convolution layers share
 */
public record Conv3D(int filters, int groups, ConvolutionOptions options)
    implements BaseConv<Conv3D> {

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param filters see {@link #filters}
   * @param groups see {@link #groups}
   * @param options see {@link #options}
   */
  public Conv3D {
    options = options.resolve(3, false);
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
  public static Conv3D of(int filters, int... kernelSize) {
    return new Conv3D(filters, 1, ConvolutionOptions.of("conv3d", kernelSize));
  }

  /**
   * Sets the number of groups.
   *
   * @param groups a divisor of the filters and of the input's channels
   * @return a changed copy
   */
  public Conv3D groups(int groups) {
    return new Conv3D(filters, groups, options);
  }

  @Override
  public Conv3D withOptions(ConvolutionOptions options) {
    return new Conv3D(filters, groups, options);
  }
}
