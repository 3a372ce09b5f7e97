package org.conv4j.portable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Permute;
import org.conv4j.op.Softmax;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/** Draws small ops of every kind; also ones that no layer asks for. */
final class RandomOps {
  private static final List<Elementwise> ACTIVATIONS =
      List.of(
          Activation.LINEAR,
          Activation.LINEAR,
          Activation.RELU,
          Activation.RELU6,
          Activation.LEAKY_RELU,
          new Elementwise.Relu(5, 0, 2),
          Activation.SOFTSIGN);

  private final Random random;

  RandomOps(long seed) {
    random = new Random(seed);
  }

  Convolution convolution() {
    int groups = oneOf(1, 1, 1, 2, 3, 4);
    return convolution(groups, groups * oneOf(1, 2, 3, 5, 16), groups * oneOf(1, 2, 3, 4, 7, 16));
  }

  Convolution depthwise() {
    int channels = oneOf(1, 2, 3, 5, 16, 40);
    return convolution(channels, channels, channels * oneOf(1, 1, 2, 3));
  }

  Convolution manyFilters() {
    int groups = oneOf(1, 1, 2);
    return convolution(groups, groups * between(1, 8), groups * between(100, 300));
  }

  /** A convolution that is large enough for two threads. */
  Convolution large() {
    int groups = oneOf(1, 1, 2);
    int[] in = draw(2, 14, 30);
    int[] out = draw(2, 12, 24);
    int channels = groups * between(8, 20);
    int filters = groups * oneOf(3, 17, 32, 64, 130);
    return new Convolution(
        shape(1, in, channels),
        shape(1, out, filters),
        window(2, in, out),
        groups,
        random.nextBoolean(),
        activation());
  }

  /** A 1x1 kernel that may still have strides and padding. */
  Convolution pointwise() {
    int rank = between(1, 3);
    int channels = between(1, 20);
    int stride = oneOf(1, 1, 2);
    int pad = oneOf(0, 0, 1);
    int[] in = draw(rank, 1, 9);
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
    int batch = between(1, 3);
    return new Convolution(
        shape(batch, in, channels),
        shape(batch, out, between(1, 20)),
        window,
        1,
        random.nextBoolean(),
        activation());
  }

  private Convolution convolution(int groups, int channels, int filters) {
    int rank = between(1, 3);
    int[] in = draw(rank, 1, 12);
    int[] out = draw(rank, 1, 9);
    int batch = between(1, 2);
    return new Convolution(
        shape(batch, in, channels),
        shape(batch, out, filters),
        window(rank, in, out),
        groups,
        random.nextBoolean(),
        activation());
  }

  Deconvolution deconvolution() {
    int rank = between(1, 3);
    int[] in = draw(rank, 1, 7);
    int[] out = draw(rank, 1, 16);
    int batch = between(1, 2);
    return new Deconvolution(
        shape(batch, in, oneOf(1, 2, 3, 5, 16)),
        shape(batch, out, oneOf(1, 2, 3, 4, 7, 16)),
        window(rank, out, in),
        random.nextBoolean(),
        activation());
  }

  Softmax softmax() {
    int rank = between(1, 4);
    return new Softmax(
        shape(between(1, 4), draw(rank, 1, 12), between(1, 20)),
        between(0, rank + 1),
        random.nextBoolean());
  }

  Permute permute() {
    List<Integer> axes = new ArrayList<>();
    int rank = between(1, 5);
    for (int i = 0; i < rank; i++) {
      axes.add(i);
    }
    Collections.shuffle(axes, random);
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = oneOf(1, 2, 3, 7, 12, 70 / rank);
    }
    return new Permute(Shape.of(dims), IntTuple.generate(rank, axes::get));
  }

  /** A window whose end padding fits two extents, whatever it comes to. */
  private Window window(int rank, int[] reached, int[] positions) {
    IntTuple kernel = IntTuple.of(draw(rank, 1, 4));
    IntTuple strides = IntTuple.of(draw(rank, 1, 3));
    IntTuple dilation = IntTuple.of(draw(rank, 1, 3));
    IntTuple begin = IntTuple.of(draw(rank, -1, 5));
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

  private Elementwise activation() {
    return ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
  }

  private static Shape shape(int batch, int[] spatial, int channels) {
    long[] dims = new long[spatial.length + 2];
    dims[0] = batch;
    for (int i = 0; i < spatial.length; i++) {
      dims[i + 1] = spatial[i];
    }
    dims[dims.length - 1] = channels;
    return Shape.of(dims);
  }

  private int[] draw(int count, int min, int max) {
    return random.ints(count, min, max + 1).toArray();
  }

  private int between(int min, int max) {
    return min + random.nextInt(max - min + 1);
  }

  private int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }
}
