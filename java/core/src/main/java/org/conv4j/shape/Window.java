package org.conv4j.shape;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;

/**
 * How a kernel moves over the spatial dimensions, fully resolved: what a convolution is once
 * Keras's padding names have been turned into numbers.
 *
 * @param kernel the kernel's extents
 * @param strides the distance between neighbouring positions
 * @param dilation the distance between neighbouring kernel taps; 1 is an ordinary kernel
 * @param padBegin zeros before the first input element; for a transposed convolution, elements cut
 *     from the begin of the full output
 * @param padEnd zeros after the last input element, or elements cut from the end of the full
 *     output; negative where the last input elements are never reached, or where the output extends
 *     past the full one
 */
public record Window(
    IntTuple kernel, IntTuple strides, IntTuple dilation, IntTuple padBegin, IntTuple padEnd) {
  /** Keeps every position that a kernel can reach within an {@code int}. */
  static final int MAX_SPAN = 1 << 30;

  /**
   * Checks that there is a number for each dimension, and that none is absurd.
   *
   * @param kernel see {@link #kernel}
   * @param strides see {@link #strides}
   * @param dilation see {@link #dilation}
   * @param padBegin see {@link #padBegin}
   * @param padEnd see {@link #padEnd}
   * @throws InvalidLayerException if a number is missing, or one but of padding is below 1
   * @throws ShapeMismatchException if the kernel spans more than 2^30 elements, or padding is more
   */
  public Window {
    int rank = InvalidLayerException.requirePresent(kernel, "The kernel of a window").size();
    if (rank < 1 || rank > 3) {
      throw new InvalidLayerException(
          "A window has 1 to 3 dimensions; given a kernel of " + kernel + ".");
    }
    requireEach("kernel", kernel, rank, 1, MAX_SPAN);
    requireEach("strides", strides, rank, 1, Integer.MAX_VALUE);
    requireEach("dilation", dilation, rank, 1, Integer.MAX_VALUE);
    requireEach("padBegin", padBegin, rank, -MAX_SPAN, MAX_SPAN);
    requireEach("padEnd", padEnd, rank, -MAX_SPAN, MAX_SPAN);
    long taps = 1;
    for (int i = 0; i < rank; i++) {
      long span = (kernel.get(i) - 1L) * dilation.get(i) + 1;
      taps *= kernel.get(i);
      if (span > MAX_SPAN || taps > MAX_SPAN) {
        throw new ShapeMismatchException(
            "A kernel of %s with a dilation of %s is above the limit of 2^30 elements and taps."
                .formatted(kernel, dilation));
      }
    }
  }

  private static void requireEach(String name, IntTuple values, int rank, int least, int most) {
    if (InvalidLayerException.requirePresent(values, "The " + name + " of a window").size()
        != rank) {
      throw new InvalidLayerException(
          "The %s of a window of %d dimensions has as many numbers; given %s."
              .formatted(name, rank, values));
    }
    for (int i = 0; i < rank; i++) {
      if (values.get(i) < least || values.get(i) > most) {
        throw new InvalidLayerException(
            "The %s of a window must be from %d to %d; given %s."
                .formatted(name, least, most, values));
      }
    }
  }

  /**
   * Describes a kernel that moves from element to element, without dilation and padding.
   *
   * @param kernel see {@link #kernel}
   * @return the window
   */
  public static Window of(IntTuple kernel) {
    int rank = InvalidLayerException.requirePresent(kernel, "The kernel of a window").size();
    IntTuple ones = IntTuple.filled(rank, 1);
    IntTuple zeros = IntTuple.filled(rank, 0);
    return new Window(kernel, ones, ones, zeros, zeros);
  }

  /**
   * Sets the padding.
   *
   * @param begin see {@link #padBegin}
   * @param end see {@link #padEnd}
   * @return a changed copy
   */
  public Window withPadding(IntTuple begin, IntTuple end) {
    return new Window(kernel, strides, dilation, begin, end);
  }

  /**
   * Returns the number of spatial dimensions.
   *
   * @return 1, 2 or 3
   */
  public int rank() {
    return kernel.size();
  }

  /**
   * Returns how many input elements the dilated kernel spans.
   *
   * @param axis the spatial dimension
   * @return {@code (k - 1) * d + 1}
   */
  public int effectiveKernel(int axis) {
    return (kernel.get(axis) - 1) * dilation.get(axis) + 1;
  }

  /**
   * Returns the number of kernel taps.
   *
   * @return the product of the kernel's extents
   */
  public long taps() {
    long taps = 1;
    for (int i = 0; i < rank(); i++) {
      taps *= kernel.get(i);
    }
    return taps;
  }

  /**
   * Returns whether the window covers an input element at every position, not padding alone.
   *
   * @param axis the spatial dimension
   * @param inputs the number of input elements
   * @param positions the number of positions
   * @return true if so
   */
  public boolean coversEverywhere(int axis, long inputs, long positions) {
    long stride = strides.get(axis);
    long step = dilation.get(axis);
    long first = -padBegin.get(axis);
    if (first + (positions - 1) * stride >= inputs) {
      return false;
    }
    // Of a position before the input, the first tap behind its begin must exist and lie inside.
    long outside = Math.min(positions, (-first + stride - 1) / stride);
    for (long place = 0; place < outside; place++) {
      long before = -(first + place * stride);
      long taps = (before + step - 1) / step;
      if (taps >= kernel.get(axis) || taps * step - before >= inputs) {
        return false;
      }
      if (step <= inputs) {
        // No tap can leap over the input, and later positions have fewer before it.
        break;
      }
    }
    return true;
  }

  /**
   * Returns the same window with another dimension of extent 1 before the first.
   *
   * @return a window of one more dimension that computes the same
   */
  public Window prependUnitDimension() {
    return new Window(
        kernel.prepend(1),
        strides.prepend(1),
        dilation.prepend(1),
        padBegin.prepend(0),
        padEnd.prepend(0));
  }
}
