package org.conv4j.layer.convolution;

import static org.conv4j.layer.convolution.ConvolutionLowering.kernelShape;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's separable convolutions: a depthwise step, which has the strides, the padding and the
 * dilation, and a pointwise step, which has the bias and the activation.
 *
 * <p>Weights: {@code depthwise_kernel} of shape {@code (k..., channels, depthMultiplier)}, {@code
 * pointwise_kernel} of shape {@code (1..., channels * depthMultiplier, filters)}, {@code bias} of
 * shape {@code (filters)}.
 *
 * @param <L> the layer's own type
 */
public sealed interface BaseSeparableConv<L extends BaseSeparableConv<L>>
    extends ConvolutionLayer<L> permits SeparableConv1D, SeparableConv2D {

  /**
   * Returns the number of output channels.
   *
   * @return the filters
   */
  int filters();

  /**
   * Returns the number of channels between the two steps for each input channel.
   *
   * @return the depth multiplier
   */
  int depthMultiplier();

  @Override
  default List<WeightSpec> weights(Shape input) {
    int channels = options().channels(input);
    int between = ConvolutionArguments.multiply(name(), channels, depthMultiplier());
    IntTuple kernelSize = options().kernelSize();
    IntTuple one = IntTuple.filled(kernelSize.size(), 1);
    return options()
        .withBias(
            filters(),
            new WeightSpec(
                "depthwise_kernel", kernelShape(kernelSize, channels, depthMultiplier())),
            new WeightSpec("pointwise_kernel", kernelShape(one, between, filters())));
  }

  @Override
  default Shape outputShape(Shape input) {
    weights(input);
    return options().convolved(input, filters());
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    int channels = options().channels(input.shape());
    Value between =
        ConvolutionLowering.appendConvolution(
            lowering,
            options(),
            input,
            channels,
            weights.get("depthwise_kernel"),
            null,
            ConvolutionArguments.multiply(name(), channels, depthMultiplier()),
            Activation.LINEAR);
    IntTuple one = IntTuple.filled(options().kernelSize().size(), 1);
    ConvolutionOptions pointwise =
        new ConvolutionOptions(
            name(),
            one,
            one,
            Padding.VALID,
            options().dataFormat(),
            one,
            options().activation(),
            options().useBias());
    Value sum =
        ConvolutionLowering.appendConvolution(
            lowering,
            pointwise,
            between,
            1,
            weights.get("pointwise_kernel"),
            options().bias(weights),
            filters(),
            Lowering.fused(options().activation()));
    return lowering.activate(name(), options().activation(), sum);
  }
}
