package org.conv4j.layer.convolution;

import static org.conv4j.layer.convolution.ConvolutionLowering.kernelShape;

import java.util.List;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's depthwise convolutions: every filter sees one channel; output channel {@code c *
 * depthMultiplier + m} is filter {@code m} of channel {@code c}.
 *
 * <p>Weights: {@code kernel} of shape {@code (k..., channels, depthMultiplier)}, {@code bias} of
 * shape {@code (channels * depthMultiplier)}.
 *
 * @param <L> the layer's own type
 */
public sealed interface BaseDepthwiseConv<L extends BaseDepthwiseConv<L>>
    extends ConvolutionLayer<L> permits DepthwiseConv1D, DepthwiseConv2D {

  /**
   * Returns the number of output channels for each input channel.
   *
   * @return the depth multiplier
   */
  int depthMultiplier();

  @Override
  default List<WeightSpec> weights(Shape input) {
    int channels = options().channels(input);
    int filters = ConvolutionArguments.multiply(name(), channels, depthMultiplier());
    return options()
        .withBias(
            filters,
            new WeightSpec(
                "kernel", kernelShape(options().kernelSize(), channels, depthMultiplier())));
  }

  @Override
  default Shape outputShape(Shape input) {
    int filters =
        ConvolutionArguments.multiply(name(), options().channels(input), depthMultiplier());
    return options().convolved(input, filters);
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    int channels = options().channels(input.shape());
    Value sum =
        ConvolutionLowering.appendConvolution(
            lowering,
            options(),
            input,
            channels,
            weights.get("kernel"),
            options().bias(weights),
            ConvolutionArguments.multiply(name(), channels, depthMultiplier()),
            Lowering.fused(options().activation()));
    return lowering.activate(name(), options().activation(), sum);
  }
}
