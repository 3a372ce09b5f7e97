package org.conv4j.layer.convolution;

import org.conv4j.layer.Arguments;
import org.conv4j.shape.IntTuple;

/** Checks of what only convolutions are given. */
final class ConvolutionArguments {
  private ConvolutionArguments() {}

  /** Keras wants an output padding below the stride, for then no output row is without input. */
  static IntTuple outputPadding(ConvolutionOptions options, IntTuple outputPadding) {
    if (outputPadding == null) {
      return null;
    }
    IntTuple strides = options.strides();
    IntTuple all =
        Arguments.broadcast(options.name(), "output_padding", strides.size(), 0, outputPadding);
    for (int i = 0; i < strides.size(); i++) {
      if (all.get(i) >= strides.get(i)) {
        throw Arguments.invalid(
            options.name(), "output_padding", "below the strides " + strides, all);
      }
    }
    return all;
  }

  static void filtersAndGroups(String layer, int filters, int groups) {
    Arguments.positive(layer, "filters", filters);
    Arguments.positive(layer, "groups", groups);
    if (filters % groups != 0) {
      throw Arguments.invalid(layer, "groups", "a divisor of filters=" + filters, groups);
    }
  }

  /** The number of channels after a depthwise step. */
  static int multiply(String layer, int channels, int depthMultiplier) {
    try {
      return Math.multiplyExact(channels, depthMultiplier);
    } catch (ArithmeticException overflow) {
      throw Arguments.invalid(
          layer, "depth_multiplier", "small enough for " + channels + " channels", depthMultiplier);
    }
  }
}
