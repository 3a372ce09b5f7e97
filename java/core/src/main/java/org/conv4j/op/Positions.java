package org.conv4j.op;

import java.util.function.IntToLongFunction;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Region;
import org.conv4j.shape.Window;

/**
 * Which spatial elements a windowed op reads for some of its outputs, and the window that computes
 * these outputs from those elements alone. Batch and channels are the caller's.
 */
final class Positions {
  private Positions() {}

  /** What a window covers: of output {@code o}, from {@code o * s - p} to {@code + k' - 1}. */
  static Region covered(Windowed op, Region output) {
    Window window = op.window();
    Region read = Region.of(op.input()).with(0, output.begin(0), output.end(0));
    for (int axis = 0; axis < window.rank(); axis++) {
      if (!output.isWhole(axis + 1, op.output())) {
        long end = end(window, axis, output);
        read = read.within(axis + 1, first(window, axis, output), end, op.input().dim(axis + 1));
      }
    }
    return read;
  }

  /** What of the outputs' window lies outside of what is read is padding. */
  static Window covering(Windowed op, Region read, Region output) {
    Window window = op.window();
    return window.withPadding(
        tuple(
            window.rank(),
            axis ->
                output.isWhole(axis + 1, op.output())
                    ? window.padBegin().get(axis)
                    : read.begin(axis + 1) - first(window, axis, output)),
        tuple(
            window.rank(),
            axis ->
                output.isWhole(axis + 1, op.output())
                    ? window.padEnd().get(axis)
                    : end(window, axis, output) - read.end(axis + 1)));
  }

  private static long first(Window window, int axis, Region output) {
    return output.begin(axis + 1) * window.strides().get(axis) - window.padBegin().get(axis);
  }

  private static long end(Window window, int axis, Region output) {
    return (output.end(axis + 1) - 1) * window.strides().get(axis)
        + window.effectiveKernel(axis)
        - window.padBegin().get(axis);
  }

  /**
   * What adds to some outputs of a transposed window: input {@code i} adds to those from {@code i *
   * s - p} to {@code + k' - 1}.
   */
  static Region adding(Windowed op, Region output) {
    Window window = op.window();
    Region read = Region.of(op.input()).with(0, output.begin(0), output.end(0));
    for (int axis = 0; axis < window.rank(); axis++) {
      if (!output.isWhole(axis + 1, op.output())) {
        long stride = window.strides().get(axis);
        long first = output.begin(axis + 1) + window.padBegin().get(axis);
        long from = Math.floorDiv(first - window.effectiveKernel(axis), stride) + 1;
        long to = Math.floorDiv(first + output.extent(axis + 1) - 1, stride) + 1;
        read = read.within(axis + 1, from, to, op.input().dim(axis + 1));
      }
    }
    return read;
  }

  /** What the full output of the elements read has before and behind the outputs is cut. */
  static Window cutting(Windowed op, Region read, Region output) {
    Window window = op.window();
    IntTuple begin =
        tuple(
            window.rank(),
            axis ->
                window.padBegin().get(axis)
                    + output.begin(axis + 1)
                    - read.begin(axis + 1) * window.strides().get(axis));
    IntTuple end =
        tuple(
            window.rank(),
            axis ->
                (read.extent(axis + 1) - 1) * window.strides().get(axis)
                    + window.effectiveKernel(axis)
                    - begin.get(axis)
                    - output.extent(axis + 1));
    return window.withPadding(begin, end);
  }

  private static IntTuple tuple(int rank, IntToLongFunction number) {
    return IntTuple.generate(rank, axis -> Math.toIntExact(number.applyAsLong(axis)));
  }
}
