package org.conv4j.onednn;

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
 * transposed convolution with strides of 86046, and crashes for a linear resampling to some hundred
 * million pixels. Every primitive's op passes here first; what does not is for our own kernels and
 * plain Java. No network is near these limits.
 */
final class Bounds {
  /** oneDNN's {@code DNNL_MAX_NDIMS}. */
  private static final int MAX_RANK = 12;

  /** A dimension or a distance in memory may be multiplied with the size of an element. */
  private static final long MAX_ELEMENTS = Integer.MAX_VALUE / Float.BYTES;

  private static final int MAX_STRIDE = 1 << 10;
  private static final int MAX_TAPS = 1 << 14;
  private static final int MAX_SPAN = 1 << 16;

  /** A table of coefficients is made for each output along an axis. */
  private static final int MAX_RESAMPLED = 1 << 20;

  private Bounds() {}

  static boolean takes(Op op) {
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
      return takes(windowed.window());
    }
    if (op instanceof Pad pad) {
      return within(pad.begin(), MAX_SPAN) && within(pad.end(), MAX_SPAN);
    }
    return !(op instanceof Resize) || resamples(op.output());
  }

  private static boolean takes(Shape shape) {
    return shape.rank() <= MAX_RANK && shape.elementCount() <= MAX_ELEMENTS;
  }

  private static boolean takes(Window window) {
    for (int axis = 0; axis < window.rank(); axis++) {
      if (window.effectiveKernel(axis) > MAX_SPAN) {
        return false;
      }
    }
    return window.taps() <= MAX_TAPS
        && within(window.strides(), MAX_STRIDE)
        && within(window.padBegin(), MAX_SPAN)
        && within(window.padEnd(), MAX_SPAN);
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
