package org.conv4j.portable.convolution;

import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Pooling;
import org.conv4j.op.Resize;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * A convolution or a transposed one in three spatial dimensions, the missing ones of extent 1 in
 * front, with its kernel's movement resolved into samplings.
 *
 * @param batch the batch size
 * @param inputs the input's spatial extents
 * @param channels the input's channels
 * @param outputs the output's spatial extents
 * @param filters the output's channels
 * @param groups the number of groups
 * @param kernel the kernel's spatial extents
 * @param samplings for each axis, samplings that cover the outputs
 */
public record Geometry(
    int batch,
    int[] inputs,
    int channels,
    int[] outputs,
    int filters,
    int groups,
    int[] kernel,
    List<List<Sampling>> samplings) {
  public static final int DEPTH = 0;
  public static final int HEIGHT = 1;
  public static final int WIDTH = 2;
  private static final int AXES = 3;

  /** Far more than any network has; to plan as many takes some tenths of a second. */
  private static final long MAX_SAMPLINGS = 1 << 17;

  /** Each tap is looked at for each residue along an axis: some tenths of a second. */
  private static final long MAX_SAMPLED_TAPS = 1 << 26;

  public static Geometry of(Convolution op) {
    if (isPointwise(op)) {
      return ofPointwise(op);
    }
    return ofWindow(op.input(), op.output(), op.window(), op.groups());
  }

  /** What a pooling reads is what a depthwise convolution does. */
  public static Geometry of(Pooling op) {
    return ofWindow(op.input(), op.output(), op.window(), op.input().intDim(-1));
  }

  /** Places alone; what an output reads is for {@link org.conv4j.op.ResizeWeights} to say. */
  public static Geometry of(Resize op) {
    return new Geometry(
        op.input().intDim(0),
        spatial(op.input()),
        op.input().intDim(-1),
        spatial(op.output()),
        op.output().intDim(-1),
        op.input().intDim(-1),
        new int[] {1, 1, 1},
        List.of());
  }

  private static Geometry ofWindow(Shape input, Shape output, Window moving, int groups) {
    int[] inputs = spatial(input);
    int[] outputs = spatial(output);
    Window window = threeDimensional(moving);
    return new Geometry(
        input.intDim(0),
        inputs,
        input.intDim(-1),
        outputs,
        output.intDim(-1),
        groups,
        window.kernel().toArray(),
        IntStream.range(0, AXES)
            .mapToObj(
                axis -> List.of(Sampling.ofConvolution(window, axis, inputs[axis], outputs[axis])))
            .toList());
  }

  public static Geometry of(Deconvolution op) {
    int[] inputs = spatial(op.input());
    int[] outputs = spatial(op.output());
    Window window = threeDimensional(op.window());
    requireFewSamplings(window, outputs);
    return new Geometry(
        op.input().intDim(0),
        inputs,
        op.input().intDim(-1),
        outputs,
        op.output().intDim(-1),
        1,
        window.kernel().toArray(),
        IntStream.range(0, AXES)
            .mapToObj(axis -> Sampling.ofDeconvolution(window, axis, inputs[axis], outputs[axis]))
            .toList());
  }

  /** Each residue modulo the strides is planned on its own. */
  private static void requireFewSamplings(Window window, int[] outputs) {
    long samplings = 1;
    for (int axis = 0; axis < AXES; axis++) {
      long residues = Math.min(window.strides().get(axis), outputs[axis]);
      samplings *= residues;
      if (samplings > MAX_SAMPLINGS || residues * window.kernel().get(axis) > MAX_SAMPLED_TAPS) {
        throw new UnsupportedByEngineException(
            "The engine 'java' runs transposed convolutions whose strides multiply to at most %d, and along each axis with the kernel to at most %d; given strides of %s and a kernel of %s."
                .formatted(MAX_SAMPLINGS, MAX_SAMPLED_TAPS, window.strides(), window.kernel()));
      }
    }
  }

  public List<Sampling> samplings(int axis) {
    return samplings.get(axis);
  }

  int channelsPerGroup() {
    return channels / groups;
  }

  int filtersPerGroup() {
    return filters / groups;
  }

  /** The positions in the kernel of the taps of samplings, the last axis innermost. */
  int[] taps(Sampling depth, Sampling height, Sampling width) {
    int[] taps = new int[depth.taps().length * height.taps().length * width.taps().length];
    int i = 0;
    for (int d : depth.taps()) {
      for (int h : height.taps()) {
        for (int w : width.taps()) {
          taps[i++] = (d * kernel[HEIGHT] + h) * kernel[WIDTH] + w;
        }
      }
    }
    return taps;
  }

  /** Tells whether a place is in the input, not in its padding. */
  public boolean isInside(int depth, int height, int width) {
    return depth >= 0
        && depth < inputs[DEPTH]
        && height >= 0
        && height < inputs[HEIGHT]
        && width >= 0
        && width < inputs[WIDTH];
  }

  /** The first channel of an input place. */
  public int inputAt(int n, int depth, int height, int width) {
    return at(inputs, channels, n, depth, height, width);
  }

  /** The first channel of an output place. */
  public int outputAt(int n, int depth, int height, int width) {
    return at(outputs, filters, n, depth, height, width);
  }

  private static int at(int[] extents, int channels, int n, int depth, int height, int width) {
    return (((n * extents[DEPTH] + depth) * extents[HEIGHT] + height) * extents[WIDTH] + width)
        * channels;
  }

  private static boolean isPointwise(Convolution op) {
    Window window = op.window();
    return window.taps() == 1
        && window.strides().all(1)
        && window.padBegin().all(0)
        && window.padEnd().all(0);
  }

  /** Without a neighbourhood, all places of all images are one long row. */
  private static Geometry ofPointwise(Convolution op) {
    int channels = op.input().intDim(-1);
    int[] places = {1, 1, Math.toIntExact(op.input().elementCount() / channels)};
    int[] one = {1, 1, 1};
    Sampling single = new Sampling(0, 1, 1, 1, new int[] {0}, new int[] {0});
    Sampling row = new Sampling(0, 1, places[WIDTH], 1, new int[] {0}, new int[] {0});
    return new Geometry(
        1,
        places,
        channels,
        places,
        op.output().intDim(-1),
        op.groups(),
        one,
        List.of(List.of(single), List.of(single), List.of(row)));
  }

  private static int[] spatial(Shape shape) {
    int rank = shape.rank() - 2;
    int[] extents = {1, 1, 1};
    for (int i = 0; i < rank; i++) {
      extents[AXES - rank + i] = shape.intDim(1 + i);
    }
    return extents;
  }

  private static Window threeDimensional(Window window) {
    Window result = window;
    while (result.rank() < AXES) {
      result = result.prependUnitDimension();
    }
    return result;
  }
}
