package org.conv4j.layer.convolution;

import org.conv4j.activation.Activation;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;

/**
 * What all convolution layers share: their common arguments, and withers for them. A wither returns
 * a changed copy and throws {@link org.conv4j.error.InvalidLayerException} for an illegal value.
 *
 * @param <L> the layer's own type
 */
public sealed interface ConvolutionLayer<L extends ConvolutionLayer<L>> extends SingleInputLayer
    permits BaseConv, BaseDepthwiseConv, BaseSeparableConv, BaseConvTranspose {

  /**
   * Returns the common arguments, with one entry for each dimension in every tuple.
   *
   * @return the options
   */
  ConvolutionOptions options();

  /**
   * Returns this layer with other common arguments.
   *
   * @param options the arguments
   * @return a changed copy
   */
  L withOptions(ConvolutionOptions options);

  @Override
  default String name() {
    return options().name();
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  default L name(String name) {
    return withOptions(options().withName(name));
  }

  /**
   * Sets the strides.
   *
   * @param strides one number for all dimensions, or one for each
   * @return a changed copy
   */
  default L strides(int... strides) {
    return withOptions(options().withStrides(IntTuple.of(strides)));
  }

  /**
   * Sets the padding.
   *
   * @param padding Keras's padding
   * @return a changed copy
   */
  default L padding(Padding padding) {
    return withOptions(options().withPadding(padding));
  }

  /**
   * Sets the position of the channels.
   *
   * @param dataFormat Keras's data format
   * @return a changed copy
   */
  default L dataFormat(DataFormat dataFormat) {
    return withOptions(options().withDataFormat(dataFormat));
  }

  /**
   * Sets the dilation.
   *
   * @param dilationRate one number for all dimensions, or one for each
   * @return a changed copy
   */
  default L dilationRate(int... dilationRate) {
    return withOptions(options().withDilationRate(IntTuple.of(dilationRate)));
  }

  /**
   * Sets the activation.
   *
   * @param activation applied last
   * @return a changed copy
   */
  default L activation(Activation activation) {
    return withOptions(options().withActivation(activation));
  }

  /**
   * Sets whether a bias is added.
   *
   * @param useBias true for a bias
   * @return a changed copy
   */
  default L useBias(boolean useBias) {
    return withOptions(options().withUseBias(useBias));
  }
}
