package org.conv4j.portable.convolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.shape.Window;

/**
 * Which input positions some of the outputs read along one axis: the output {@code first + j *
 * step} reads, for each {@code k}, the input {@code j * inputStep + offsets[k]} with the kernel's
 * tap {@code taps[k]}.
 *
 * <p>A convolution is one sampling of all its outputs. A transposed convolution is one sampling for
 * each residue of the output position modulo the stride, and in each it is an ordinary convolution
 * of stride 1 with some of the taps; a residue may have no taps at all.
 *
 * @param first the first output
 * @param step the distance of its outputs
 * @param count the number of its outputs
 * @param inputStep how far the reading moves from one output to the next
 * @param offsets by tap, the input that output 0 reads; may be outside the input
 * @param taps the positions in the kernel
 */
public record Sampling(int first, int step, int count, int inputStep, int[] offsets, int[] taps) {

  /** The sampling of a convolution. */
  static Sampling ofConvolution(Window window, int axis, int inputs, int outputs) {
    int kernel = window.kernel().get(axis);
    int[] offsets = new int[kernel];
    int[] taps = new int[kernel];
    for (int t = 0; t < kernel; t++) {
      offsets[t] = t * window.dilation().get(axis) - window.padBegin().get(axis);
      taps[t] = t;
    }
    // From a single output, there is no way to go to the next, which may be absurd.
    int inputStep = outputs == 1 ? 1 : window.strides().get(axis);
    return new Sampling(0, 1, outputs, inputStep, offsets, taps).within(inputs);
  }

  /** The samplings of a transposed convolution; together they cover every output once. */
  static List<Sampling> ofDeconvolution(Window window, int axis, int inputs, int outputs) {
    int stride = window.strides().get(axis);
    List<Sampling> samplings = new ArrayList<>();
    for (int first = 0; first < Math.min(stride, outputs); first++) {
      int[] offsets = new int[window.kernel().get(axis)];
      int[] taps = new int[offsets.length];
      int found = 0;
      for (int t = 0; t < offsets.length; t++) {
        int distance = first + window.padBegin().get(axis) - t * window.dilation().get(axis);
        if (Math.floorMod(distance, stride) == 0) {
          offsets[found] = Math.floorDiv(distance, stride);
          taps[found] = t;
          found++;
        }
      }
      int count = (outputs - first - 1) / stride + 1;
      Sampling all =
          new Sampling(
              first,
              // Where there is no second output, its distance is none, and may be absurd.
              Math.min(stride, outputs),
              count,
              1,
              Arrays.copyOf(offsets, found),
              Arrays.copyOf(taps, found));
      samplings.add(all.within(inputs));
    }
    return samplings;
  }

  /** Leaves out taps that only ever read padding, of which a wide dilation has many. */
  private Sampling within(int inputs) {
    int[] used = IntStream.range(0, taps.length).filter(k -> reaches(k, inputs)).toArray();
    return new Sampling(
        first,
        step,
        count,
        inputStep,
        IntStream.of(used).map(k -> offsets[k]).toArray(),
        IntStream.of(used).map(k -> taps[k]).toArray());
  }

  private boolean reaches(int k, int inputs) {
    long inside = Math.max(0, -Math.floorDiv(offsets[k], inputStep));
    return inside < count && inside * inputStep + offsets[k] < inputs;
  }
}
