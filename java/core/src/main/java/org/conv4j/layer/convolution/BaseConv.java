package org.conv4j.layer.convolution;

import static org.conv4j.layer.convolution.ConvolutionLowering.kernelShape;

import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's ordinary convolutions: every filter sees all channels of its group.
 *
 * <p>Weights: {@code kernel} of shape {@code (k..., channels / groups, filters)}, {@code bias} of
 * shape {@code (filters)}.
 *
 * @param <L> the layer's own type
 */
public sealed interface BaseConv<L extends BaseConv<L>> extends ConvolutionLayer<L>
    permits Conv1D, Conv2D, Conv3D {

  /**
   * Returns the number of output channels.
   *
   * @return the filters
   */
  int filters();

  /**
   * Returns the number of groups that the channels are split into.
   *
   * @return the groups; divides the filters
   */
  int groups();

  @Override
  default List<WeightSpec> weights(Shape input) {
    int channels = options().channels(input);
    if (channels % groups() != 0) {
      throw new ShapeMismatchException(
          "Layer '%s': groups must divide the input's channels; given groups=%d for %d channels in %s."
              .formatted(name(), groups(), channels, input));
    }
    WeightSpec kernel =
        new WeightSpec(
            "kernel", kernelShape(options().kernelSize(), channels / groups(), filters()));
    return options().withBias(filters(), kernel);
  }

  @Override
  default Shape outputShape(Shape input) {
    weights(input);
    return options().convolved(input, filters());
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    Value sum =
        ConvolutionLowering.appendConvolution(
            lowering,
            options(),
            input,
            groups(),
            weights.get("kernel"),
            options().bias(weights),
            filters(),
            Lowering.fused(options().activation()));
    return lowering.activate(name(), options().activation(), sum);
  }
}
