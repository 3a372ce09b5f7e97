package org.conv4j.image;

import org.conv4j.function.ResizeCoordinates;
import org.conv4j.op.Resize;
import org.conv4j.op.ResizeWeights;
import org.conv4j.shape.Shape;

/** Along one axis of an image, the pixels that each new one is a weighted sum of. Immutable. */
final class AxisWeights {
  /** Pillow's weights are whole multiples of 2^-22. */
  static final int PILLOW_BITS = 22;

  private final int[] first;

  /** By new pixel, for the old ones from {@link #first} on. */
  private final double[][] weights;

  private AxisWeights(int outputs) {
    first = new int[outputs];
    weights = new double[outputs][];
  }

  static AxisWeights of(ImageResizing resizing, Extent extent) {
    boolean antialias = resizing.antialias();
    return switch (resizing.method()) {
      case NEAREST -> nearest(extent);
      case AREA -> area(extent);
      case BILINEAR -> sampled(extent, Kernel.TRIANGLE, antialias);
      case BICUBIC -> antialias ? sampled(extent, Kernel.CUBIC, true) : cubic(extent);
      case LANCZOS3 -> sampled(extent, Kernel.LANCZOS3, antialias);
      case LANCZOS5 -> sampled(extent, Kernel.LANCZOS5, antialias);
      case PIL_BILINEAR -> pillow(extent, Kernel.TRIANGLE);
      case PIL_BICUBIC -> pillow(extent, Kernel.CUBIC);
      case PIL_LANCZOS -> pillow(extent, Kernel.LANCZOS3);
      case PIL_BOX -> pillow(extent, Kernel.BOX);
      case PIL_HAMMING -> pillow(extent, Kernel.HAMMING);
    };
  }

  /**
   * An axis that is resized.
   *
   * @param start the first pixel that counts; negative for padding
   * @param length how many count
   * @param pixels how many there are
   * @param outputs how many there will be
   */
  record Extent(int start, int length, int pixels, int outputs) {
    double scale() {
      return length / (double) outputs;
    }
  }

  private static AxisWeights nearest(Extent extent) {
    AxisWeights result = new AxisWeights(extent.outputs());
    for (int i = 0; i < extent.outputs(); i++) {
      int pixel = (int) Math.min((i + 0.5) * extent.scale(), extent.length() - 1.0);
      result.set(i, extent, pixel, new double[] {1});
    }
    return result;
  }

  /** The share of each pixel in what a new one covers. */
  private static AxisWeights area(Extent extent) {
    AxisWeights result = new AxisWeights(extent.outputs());
    double scale = extent.scale();
    for (int i = 0; i < extent.outputs(); i++) {
      double from = i * scale;
      double to = Math.min(extent.length(), from + scale);
      int begin = (int) from;
      int end = Math.max(begin + 1, (int) Math.ceil(to));
      double[] shares = new double[end - begin];
      for (int k = 0; k < shares.length; k++) {
        shares[k] = Math.min(to, begin + k + 1.0) - Math.max(from, begin + k);
      }
      result.set(i, extent, begin, divided(shares));
    }
    return result;
  }

  /** As {@code scale_and_translate} of TensorFlow and JAX. */
  private static AxisWeights sampled(Extent extent, Kernel kernel, boolean antialias) {
    AxisWeights result = new AxisWeights(extent.outputs());
    double wide = antialias ? Math.max(1, extent.scale()) : 1;
    for (int i = 0; i < extent.outputs(); i++) {
      double place = (i + 0.5) * extent.scale();
      double reach = kernel.radius() * wide;
      int begin = Math.max(0, (int) Math.ceil(place - reach - 0.5));
      int end = Math.min(extent.length() - 1, (int) Math.floor(place + reach - 0.5));
      double[] taps = new double[end - begin + 1];
      for (int k = 0; k < taps.length; k++) {
        taps[k] = kernel.weight((begin + k + 0.5 - place) / wide);
      }
      result.set(i, extent, begin, divided(taps));
    }
    return result;
  }

  /** As {@code Resizing} layers compute it. */
  private static AxisWeights cubic(Extent extent) {
    AxisWeights result = new AxisWeights(extent.outputs());
    Resize resize =
        new Resize(
            Shape.of(1, extent.length(), 1, 1),
            Shape.of(1, extent.outputs(), 1, 1),
            Resize.Method.CUBIC,
            ResizeCoordinates.HALF_PIXEL);
    ResizeWeights cubic = ResizeWeights.of(resize, extent.length(), extent.outputs());
    for (int i = 0; i < extent.outputs(); i++) {
      int begin = Integer.MAX_VALUE;
      int end = 0;
      for (int tap = 0; tap < cubic.taps(); tap++) {
        begin = Math.min(begin, cubic.input(i, tap));
        end = Math.max(end, cubic.input(i, tap));
      }
      double[] taps = new double[end - begin + 1];
      for (int tap = 0; tap < cubic.taps(); tap++) {
        taps[cubic.input(i, tap) - begin] += cubic.weight(i, tap);
      }
      result.set(i, extent, begin, taps);
    }
    return result;
  }

  /** As Pillow's {@code Resample.c}: what is cut off still counts beside the cut. */
  private static AxisWeights pillow(Extent extent, Kernel kernel) {
    AxisWeights result = new AxisWeights(extent.outputs());
    double scale = extent.scale();
    double wide = Math.max(1, scale);
    double reach = kernel.radius() * wide;
    for (int i = 0; i < extent.outputs(); i++) {
      double place = extent.start() + (i + 0.5) * scale;
      int begin = Math.max(0, (int) (place - reach + 0.5));
      int end = Math.min(extent.pixels(), (int) (place + reach + 0.5));
      double[] taps = new double[end - begin];
      for (int k = 0; k < taps.length; k++) {
        taps[k] = kernel.weight((begin + k - place + 0.5) * (1 / wide));
      }
      divided(taps);
      for (int k = 0; k < taps.length; k++) {
        double whole = taps[k] * (1 << PILLOW_BITS);
        taps[k] = (int) (whole < 0 ? whole - 0.5 : whole + 0.5);
      }
      result.first[i] = begin;
      result.weights[i] = taps;
    }
    return result;
  }

  private static double[] divided(double[] taps) {
    double sum = 0;
    for (double tap : taps) {
      sum += tap;
    }
    for (int k = 0; k < taps.length; k++) {
      taps[k] /= sum;
    }
    return taps;
  }

  /** Keeps those of the pixels that exist; padding is black and adds nothing. */
  private void set(int output, Extent extent, int begin, double[] taps) {
    int from = extent.start() + begin;
    int skipped = Math.min(taps.length, Math.max(0, -from));
    int kept = Math.max(0, Math.min(taps.length - skipped, extent.pixels() - (from + skipped)));
    first[output] = Math.max(0, Math.min(extent.pixels() - 1, from + skipped));
    weights[output] = new double[kept];
    System.arraycopy(taps, skipped, weights[output], 0, kept);
  }

  /** The first pixel of which a new one is made. */
  int first(int output) {
    return first[output];
  }

  /** The weights of the pixels from the first one on; not to be changed. */
  double[] weights(int output) {
    return weights[output];
  }

  /** How many new pixels there are. */
  int outputs() {
    return first.length;
  }

  /** The most pixels of which one is made. */
  int longest() {
    int longest = 0;
    for (double[] taps : weights) {
      longest = Math.max(longest, taps.length);
    }
    return longest;
  }
}
