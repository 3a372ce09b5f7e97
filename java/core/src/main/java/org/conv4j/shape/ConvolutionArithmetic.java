package org.conv4j.shape;

import org.conv4j.error.ShapeMismatchException;

/**
 * Output lengths and padding of one spatial dimension, as Keras 3 defines them.
 *
 * <p>Sources: the formulas of Keras's {@code compute_conv_output_shape} and {@code
 * compute_conv_transpose_output_shape}, verified against its results in the golden cases.
 */
public final class ConvolutionArithmetic {
  private ConvolutionArithmetic() {}

  /**
   * One resolved dimension.
   *
   * @param output the output length; may be below 1, which the caller reports; {@link
   *     Shape#UNKNOWN} if the input's is
   * @param padBegin see {@link Window#padBegin()}
   * @param padEnd see {@link Window#padEnd()}
   */
  public record Extent(long output, int padBegin, int padEnd) {
    /** What becomes of an unknown length; nothing is padded before it is known. */
    private static final Extent UNKNOWN = new Extent(Shape.UNKNOWN, 0, 0);
  }

  /**
   * Resolves one dimension of a convolution.
   *
   * @param input the input length, which may be {@link Shape#UNKNOWN}
   * @param kernel the kernel's extent
   * @param stride the stride
   * @param dilation the dilation
   * @param padding Keras's padding
   * @return the output length and the padding
   * @throws ShapeMismatchException if the numbers overflow
   */
  public static Extent convolution(
      long input, int kernel, int stride, int dilation, Padding padding) {
    long span = effectiveKernel(kernel, dilation);
    if (!Extents.isKnown(input)) {
      return Extent.UNKNOWN;
    }
    requireLength(input);
    long total;
    long begin;
    switch (padding) {
      case VALID -> {
        total = 0;
        begin = 0;
      }
      case SAME -> {
        long output = ceilDiv(input, stride);
        total = Math.max(0, (output - 1) * stride + span - input);
        begin = total / 2;
      }
      case CAUSAL -> {
        total = span - 1;
        begin = total;
      }
      default -> throw new AssertionError(padding);
    }
    long room = input + total - span;
    return new Extent(
        room < 0 ? 0 : room / stride + 1, toInt(begin, "padding"), toInt(total - begin, "padding"));
  }

  /**
   * Resolves one dimension of a transposed convolution.
   *
   * <p>The full output has {@code (n - 1) * s + k'} elements; Keras then cuts or extends it to its
   * output length. Which end loses how much follows from the total {@code P} of the padding of the
   * dilated input.
   *
   * @param input the input length, which may be {@link Shape#UNKNOWN}
   * @param kernel the kernel's extent
   * @param stride the stride
   * @param dilation the dilation
   * @param padding Keras's padding
   * @param outputPadding Keras's output padding, or null for its default
   * @return the output length and what is cut from each end of the full output
   * @throws ShapeMismatchException if the numbers overflow
   */
  public static Extent transposed(
      long input, int kernel, int stride, int dilation, Padding padding, Integer outputPadding) {
    long span = effectiveKernel(kernel, dilation);
    if (!Extents.isKnown(input)) {
      return Extent.UNKNOWN;
    }
    requireLength(input);
    long full = (input - 1) * stride + span;
    long output;
    long begin;
    if (padding == Padding.VALID) {
      long extra = outputPadding == null ? Math.max(span, stride) - span : outputPadding;
      output = full + extra;
      begin = 0;
    } else {
      long totalPadding;
      if (outputPadding == null) {
        output = input * stride;
        totalPadding = stride + span - 2;
      } else {
        output = (input - 1) * stride + span % 2 + outputPadding;
        totalPadding = span + span % 2 - 2 + outputPadding;
      }
      long left = Math.min(ceilDiv(totalPadding, 2), span - 1);
      begin = span - 1 - left;
    }
    return new Extent(output, toInt(begin, "cropping"), toInt(full - output - begin, "cropping"));
  }

  /** Below this bound no product of a length and a stride overflows a {@code long}. */
  private static void requireLength(long input) {
    if (input > Integer.MAX_VALUE) {
      throw new ShapeMismatchException(
          "A spatial dimension of " + input + " is above the limit of 2^31 - 1.");
    }
  }

  private static long effectiveKernel(int kernel, int dilation) {
    long span = (kernel - 1L) * dilation + 1;
    if (span > Window.MAX_SPAN) {
      throw new ShapeMismatchException(
          "A kernel of %d taps with a dilation of %d spans %d elements, above the limit of %d."
              .formatted(kernel, dilation, span, Window.MAX_SPAN));
    }
    return span;
  }

  private static long ceilDiv(long dividend, long divisor) {
    return Math.floorDiv(dividend + divisor - 1, divisor);
  }

  private static int toInt(long value, String what) {
    if (value != (int) value) {
      throw new ShapeMismatchException(
          "The " + what + " of a convolution would be " + value + ", above the limit of 2^31 - 1.");
    }
    return (int) value;
  }
}
