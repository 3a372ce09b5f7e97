package org.conv4j.onednn.primitive;

import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Resize;
import org.conv4j.op.Windowed;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * What oneDNN is trusted with. The creation of its primitives loops over strides, kernels and
 * extents, allocates by them and multiplies them as {@code int}: version 3.11 never returns for a
 * transposed convolution with strides of 86046, crashes for a linear resampling to some hundred
 * million pixels, and takes seconds and a gigabyte for a transposed convolution of as long a line.
 * Every primitive's op passes here first; what does not is for our own kernels and plain Java. No
 * network is near these limits.
 */
public final class Bounds {
  /** oneDNN's {@code DNNL_MAX_NDIMS}. */
  private static final int MAX_RANK = 12;

  /** A dimension or a distance in memory may be multiplied with the size of an element. */
  private static final long MAX_ELEMENTS = Integer.MAX_VALUE / Float.BYTES;

  private static final int MAX_STRIDE = 1 << 10;
  private static final int MAX_TAPS = 1 << 14;
  private static final int MAX_SPAN = 1 << 16;

  /** Kernels of windows keep some bytes for each place along an axis. */
  private static final long MAX_EXTENT = 1 << 22;

  /** Kernels are planned for each place in the padding: 8 nanoseconds for each of these. */
  private static final long MAX_PADDED_TAPS = 1 << 26;

  /** Depthwise kernels keep the square of the padding in bytes, nearly three times. */
  private static final int MAX_DEPTHWISE_PADDING = 1 << 12;

  /** Planning strided transposed convolutions takes the square: a tenth of a second for that. */
  private static final int MAX_UNFOLDED_SPAN = 1 << 10;

  /** And a microsecond for each place of a line, or 20 where there are several lines. */
  private static final int MAX_UNFOLDED_EXTENT = 1 << 20;

  private static final int MAX_UNFOLDED_EXTENT_OF_LINES = 1 << 15;

  /** A table of coefficients is made for each output along an axis. */
  private static final int MAX_RESAMPLED = 1 << 20;

  /**
   * Code is made for each vector of what is normalized together: 30 nanoseconds for each of these.
   */
  private static final long MAX_NORMALIZED = 1 << 22;

  private Bounds() {}

  public static boolean takes(Op op) {
    for (Shape input : op.inputs()) {
      if (!takes(input)) {
        return false;
      }
    }
    for (Shape constant : op.constants()) {
      if (!takes(constant)) {
        return false;
      }
    }
    if (!takes(op.output())) {
      return false;
    }
    if (op instanceof Windowed windowed) {
      return takes(windowed.window(), op)
          && !(op instanceof Convolution convolution && !pads(convolution))
          && !(op instanceof Deconvolution deconvolution && !unfolds(deconvolution));
    }
    if (op instanceof Pad pad) {
      // It runs as a depthwise convolution.
      return within(pad.begin(), MAX_DEPTHWISE_PADDING / 2)
          && within(pad.end(), MAX_DEPTHWISE_PADDING / 2);
    }
    if (op instanceof Normalization normalization) {
      return normalizes(normalization);
    }
    return !(op instanceof Resize) || resamples(op.output());
  }

  private static boolean normalizes(Normalization op) {
    long together = 1;
    for (int i = 0; i < op.axes().size(); i++) {
      together *= op.input().dim(op.axes().get(i));
    }
    return together <= MAX_NORMALIZED;
  }

  private static boolean takes(Shape shape) {
    return shape.rank() <= MAX_RANK && shape.elementCount() <= MAX_ELEMENTS;
  }

  private static boolean takes(Window window, Op op) {
    for (int axis = 0; axis < window.rank(); axis++) {
      long extent = Math.max(op.input().dim(1 + axis), op.output().dim(1 + axis));
      long padding =
          Math.max(0, window.padBegin().get(axis)) + Math.max(0L, window.padEnd().get(axis));
      if (window.effectiveKernel(axis) > MAX_SPAN
          || extent > MAX_EXTENT
          || padding * window.kernel().get(axis) > MAX_PADDED_TAPS) {
        return false;
      }
    }
    return window.taps() <= MAX_TAPS
        && within(window.strides(), MAX_STRIDE)
        && within(window.padBegin(), MAX_SPAN)
        && within(window.padEnd(), MAX_SPAN);
  }

  private static boolean pads(Convolution op) {
    Window window = op.window();
    boolean depthwise = op.groups() > 1 && op.groups() == op.input().dim(-1);
    for (int axis = 0; axis < window.rank() && depthwise; axis++) {
      if (window.padBegin().get(axis) + window.padEnd().get(axis) > MAX_DEPTHWISE_PADDING) {
        return false;
      }
    }
    return true;
  }

  private static boolean unfolds(Deconvolution op) {
    Window window = op.window();
    long pixels = op.output().elementCount() / op.output().dim(0) / op.output().dim(-1);
    for (int axis = 0; axis < window.rank() && !window.strides().all(1); axis++) {
      long extent = op.output().dim(1 + axis);
      if (window.effectiveKernel(axis) > MAX_UNFOLDED_SPAN
          || extent > (extent == pixels ? MAX_UNFOLDED_EXTENT : MAX_UNFOLDED_EXTENT_OF_LINES)) {
        return false;
      }
    }
    return true;
  }

  private static boolean within(IntTuple numbers, int most) {
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) > most || numbers.get(i) < -most) {
        return false;
      }
    }
    return true;
  }

  private static boolean resamples(Shape output) {
    for (int axis = 1; axis < output.rank() - 1; axis++) {
      if (output.dim(axis) > MAX_RESAMPLED) {
        return false;
      }
    }
    return true;
  }
}
