package org.conv4j.testkit.random;

import org.conv4j.function.PoolingKind;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Pooling;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/** Draws ops that move a window; also ones that no layer asks for. Not thread-safe. */
final class RandomWindows {
  private final Draw draw;

  RandomWindows(Draw draw) {
    this.draw = draw;
  }

  Convolution convolution() {
    int groups = draw.oneOf(1, 1, 1, 2, 3, 4);
    return convolution(
        groups, groups * draw.oneOf(1, 2, 3, 5, 16), groups * draw.oneOf(1, 2, 3, 4, 7, 16));
  }

  Convolution depthwise() {
    int channels = draw.oneOf(1, 2, 3, 5, 16, 40);
    return convolution(channels, channels, channels * draw.oneOf(1, 1, 2, 3));
  }

  Convolution manyFilters() {
    int groups = draw.oneOf(1, 1, 2);
    return convolution(groups, groups * draw.between(1, 8), groups * draw.between(100, 300));
  }

  /** A 1x1 kernel that may still have strides and padding. */
  Convolution pointwise() {
    int rank = draw.between(1, 3);
    int channels = draw.between(1, 20);
    int stride = draw.oneOf(1, 1, 2);
    int pad = draw.oneOf(0, 0, 1);
    int[] in = draw.extents(rank, 1, 9);
    int[] out = new int[rank];
    for (int i = 0; i < rank; i++) {
      out[i] = (in[i] + 2 * pad - 1) / stride + 1;
    }
    IntTuple pads = IntTuple.filled(rank, pad);
    Window window =
        new Window(
            IntTuple.filled(rank, 1),
            IntTuple.filled(rank, stride),
            IntTuple.filled(rank, 1),
            pads,
            pads);
    int batch = draw.between(1, 3);
    return convolution(
        Draw.shape(batch, in, channels), Draw.shape(batch, out, draw.between(1, 20)), window, 1);
  }

  private Convolution convolution(int groups, int channels, int filters) {
    int rank = draw.between(1, 3);
    int[] in = draw.extents(rank, 1, 12);
    int[] out = draw.extents(rank, 1, 9);
    int batch = draw.between(1, 2);
    return convolution(
        Draw.shape(batch, in, channels), Draw.shape(batch, out, filters), window(in, out), groups);
  }

  private Convolution convolution(Shape input, Shape output, Window window, int groups) {
    return new Convolution(
        input, output, window, groups, draw.flip(), draw.oneOf(0, 0, 1) == 1, draw.activation());
  }

  Deconvolution deconvolution() {
    int rank = draw.between(1, 3);
    int[] in = draw.extents(rank, 1, 7);
    int[] out = draw.extents(rank, 1, 16);
    int batch = draw.between(1, 2);
    return new Deconvolution(
        Draw.shape(batch, in, draw.oneOf(1, 2, 3, 5, 16)),
        Draw.shape(batch, out, draw.oneOf(1, 2, 3, 4, 7, 16)),
        window(out, in),
        draw.flip(),
        draw.activation());
  }

  Pooling pooling() {
    int rank = draw.between(1, 3);
    int[] in = draw.extents(rank, 1, 12);
    int[] out = new int[rank];
    Window window;
    do {
      IntTuple kernel = IntTuple.of(draw.tuple(rank, 1, 4));
      IntTuple strides = IntTuple.of(draw.tuple(rank, 1, 3));
      IntTuple dilation = IntTuple.of(draw.tuple(rank, 1, draw.oneOf(1, 1, 2)));
      IntTuple begin = IntTuple.of(draw.tuple(rank, 0, 2));
      IntTuple end = IntTuple.of(draw.tuple(rank, 0, 2));
      window = new Window(kernel, strides, dilation, begin, end);
      for (int axis = 0; axis < rank; axis++) {
        int room = in[axis] + begin.get(axis) + end.get(axis) - window.effectiveKernel(axis);
        out[axis] = Math.floorDiv(room, strides.get(axis)) + 1;
      }
    } while (!coversSomethingEverywhere(window, in, out));
    int batch = draw.between(1, 2);
    int channels = draw.oneOf(1, 2, 3, 5, 16, 40);
    return new Pooling(
        Draw.shape(batch, in, channels),
        Draw.shape(batch, out, channels),
        window,
        draw.oneOf(PoolingKind.class));
  }

  private static boolean coversSomethingEverywhere(Window window, int[] in, int[] out) {
    for (int axis = 0; axis < in.length; axis++) {
      if (out[axis] < 1) {
        return false;
      }
      for (int place = 0; place < out[axis]; place++) {
        boolean covers = false;
        for (int tap = 0; tap < window.kernel().get(axis); tap++) {
          int input =
              place * window.strides().get(axis)
                  - window.padBegin().get(axis)
                  + tap * window.dilation().get(axis);
          covers |= input >= 0 && input < in[axis];
        }
        if (!covers) {
          return false;
        }
      }
    }
    return true;
  }

  /** A window whose end padding fits two extents, whatever it comes to. */
  private Window window(int[] reached, int[] positions) {
    int rank = reached.length;
    IntTuple kernel = IntTuple.of(draw.tuple(rank, 1, 4));
    IntTuple strides = IntTuple.of(draw.tuple(rank, 1, 3));
    IntTuple dilation = IntTuple.of(draw.tuple(rank, 1, 3));
    IntTuple begin = IntTuple.of(draw.tuple(rank, -1, 5));
    IntTuple end =
        IntTuple.generate(
            rank,
            i ->
                (positions[i] - 1) * strides.get(i)
                    + (kernel.get(i) - 1) * dilation.get(i)
                    + 1
                    - reached[i]
                    - begin.get(i));
    return new Window(kernel, strides, dilation, begin, end);
  }
}
