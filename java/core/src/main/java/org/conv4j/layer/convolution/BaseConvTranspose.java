package org.conv4j.layer.convolution;

import static org.conv4j.layer.convolution.ConvolutionLowering.kernelShape;

import java.util.List;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.ConvolutionArithmetic.Extent;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's transposed convolutions, also called deconvolutions.
 *
 * <p>Weights: {@code kernel} of shape {@code (k..., filters, channels)}, {@code bias} of shape
 * {@code (filters)}.
 *
 * @param <L> the layer's own type
 */
public sealed interface BaseConvTranspose<L extends BaseConvTranspose<L>>
    extends ConvolutionLayer<L> permits Conv1DTranspose, Conv2DTranspose, Conv3DTranspose {

  /**
   * Returns the number of output channels.
   *
   * @return the filters
   */
  int filters();

  /**
   * Returns how far the output extends past its smallest length.
   *
   * @return one number for each dimension, or null for Keras's default
   */
  IntTuple outputPadding();

  @Override
  default List<WeightSpec> weights(Shape input) {
    return options()
        .withBias(
            filters(),
            new WeightSpec(
                "kernel",
                kernelShape(options().kernelSize(), filters(), options().channels(input))));
  }

  @Override
  default Shape outputShape(Shape input) {
    Shape channelsLast = options().channelsLast(input);
    Extent[] extents = ConvolutionLowering.transposed(options(), outputPadding(), channelsLast);
    return options().seen(ConvolutionLowering.output(options(), channelsLast, filters(), extents));
  }

  @Override
  default Value lower(Lowering lowering, Value input, Weights weights) {
    Value sum =
        ConvolutionLowering.appendDeconvolution(
            lowering,
            options(),
            outputPadding(),
            input,
            weights.get("kernel"),
            options().bias(weights),
            filters(),
            Lowering.fused(options().activation()));
    return lowering.activate(name(), options().activation(), sum);
  }
}
