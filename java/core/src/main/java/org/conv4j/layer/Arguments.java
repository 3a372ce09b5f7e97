package org.conv4j.layer;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.IntTuple;

/** Checks of layer arguments, with one wording. */
final class Arguments {
  private Arguments() {}

  static int positive(String layer, String argument, int value) {
    if (value < 1) {
      throw invalid(layer, argument, "a whole number of at least 1", value);
    }
    return value;
  }

  /** Keras wants an output padding below the stride, for then no output row is without input. */
  static IntTuple outputPadding(ConvolutionOptions options, IntTuple outputPadding) {
    if (outputPadding == null) {
      return null;
    }
    IntTuple strides = options.strides();
    IntTuple all = broadcast(options.name(), "output_padding", strides.size(), 0, outputPadding);
    for (int i = 0; i < strides.size(); i++) {
      if (all.get(i) >= strides.get(i)) {
        throw invalid(options.name(), "output_padding", "below the strides " + strides, all);
      }
    }
    return all;
  }

  static void filtersAndGroups(String layer, int filters, int groups) {
    positive(layer, "filters", filters);
    positive(layer, "groups", groups);
    if (filters % groups != 0) {
      throw invalid(layer, "groups", "a divisor of filters=" + filters, groups);
    }
  }

  /** The number of channels after a depthwise step. */
  static int multiply(String layer, int channels, int depthMultiplier) {
    try {
      return Math.multiplyExact(channels, depthMultiplier);
    } catch (ArithmeticException overflow) {
      throw invalid(
          layer, "depth_multiplier", "small enough for " + channels + " channels", depthMultiplier);
    }
  }

  /** Repeats a single number for every dimension, and checks the size of a tuple. */
  static IntTuple broadcast(String layer, String argument, int rank, int minimum, IntTuple value) {
    if (value.size() != 1 && value.size() != rank) {
      String expected = rank == 1 ? "a single number" : "a single number or " + rank + " of them";
      throw invalid(layer, argument, expected, value);
    }
    if (value.min() < minimum) {
      throw invalid(layer, argument, "numbers of at least " + minimum, value);
    }
    return value.size() == rank ? value : IntTuple.filled(rank, value.get(0));
  }

  static InvalidLayerException invalid(
      String layer, String argument, String expected, Object given) {
    return new InvalidLayerException(
        "Layer '%s': %s must be %s; given %s.".formatted(layer, argument, expected, given));
  }
}
