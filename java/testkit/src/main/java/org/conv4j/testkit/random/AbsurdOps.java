package org.conv4j.testkit.random;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.error.Conv4jException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Gather;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.MatMul;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Permute;
import org.conv4j.op.Pooling;
import org.conv4j.op.Prelu;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Reduction;
import org.conv4j.op.Resize;
import org.conv4j.op.Scale;
import org.conv4j.op.Slice;
import org.conv4j.op.Softmax;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * Draws ops that are legal and absurd: strides, dilations, padding, kernels, extents and ranks that
 * no network has, up to the limits of an {@code int}. Not thread-safe.
 */
public final class AbsurdOps {
  private static final int KINDS = 20;

  private final Random random;

  /**
   * Makes a source of ops.
   *
   * @param random decides which
   */
  public AbsurdOps(Random random) {
    this.random = random;
  }

  /**
   * Draws an op.
   *
   * @return a legal one
   */
  public Op next() {
    while (true) {
      try {
        return draw();
      } catch (Conv4jException illegal) {
        // Most absurd numbers do not fit together.
      }
    }
  }

  private Op draw() {
    return switch (random.nextInt(KINDS)) {
      case 0, 1, 2 -> convolution();
      case 3, 4, 5 -> deconvolution();
      case 6, 7 -> pooling();
      case 8, 9 -> resize();
      case 10 -> pad();
      case 11 -> slice();
      case 12 -> concat();
      case 13 -> new InnerProduct(shape(), absurd(26), flip(), activation());
      case 14 ->
          new MatMul(Shape.of(small(), absurd(28), small()), Shape.of(small(), small(), absurd(8)));
      case 15 -> new Softmax(shape(), random.nextInt(3), flip());
      case 16 -> ofAxes();
      case 17 -> recurrence();
      case 18 -> new Gather(Shape.of(absurd(24), absurd(12)), Shape.of(small(), absurd(18)));
      default -> ofElements();
    };
  }

  private Recurrence recurrence() {
    RecurrentCell cell =
        one(new RecurrentCell[] {RecurrentCell.SIMPLE, RecurrentCell.LSTM, RecurrentCell.GRU});
    Shape input = Shape.of(absurd(20), absurd(20), (long) cell.gates() * absurd(12));
    Recurrence.Masking masking = one(Recurrence.Masking.values());
    return new Recurrence(input, cell, flip(), flip(), masking, flip(), flip(), random.nextInt(3));
  }

  private Op ofAxes() {
    Shape shape = shape();
    int axis = random.nextInt(shape.rank());
    if (flip()) {
      return new Reduction(shape, IntTuple.of(axis), one(ReductionKind.values()));
    }
    Shape parameters = flip() ? ones(shape) : shape;
    return new Normalization(
        shape,
        IntTuple.of(axis),
        one(Normalization.Kind.values()),
        1e-3,
        parameters,
        flip(),
        flip());
  }

  private Op ofElements() {
    Shape shape = shape();
    return switch (random.nextInt(5)) {
      case 0 -> new Eltwise(shape, activation());
      case 1 -> new Scale(shape, activation());
      case 2 -> new Prelu(shape, flip() ? ones(shape) : shape);
      case 3 -> new Permute(shape, IntTuple.generate(shape.rank(), i -> (i + 1) % shape.rank()));
      default ->
          new Binary(
              shape, flip() ? ones(shape) : shape, one(BinaryFunction.values()), activation());
    };
  }

  private Convolution convolution() {
    int rank = 1 + random.nextInt(3);
    int groups = flip() ? 1 : small();
    Shape input = spatial(rank, groups * small());
    Window window = window(rank);
    long[] output = input.toArray();
    for (int i = 0; i < rank; i++) {
      long room =
          input.dim(i + 1)
              + window.padBegin().get(i)
              + window.padEnd().get(i)
              - window.effectiveKernel(i);
      output[i + 1] = Math.floorDiv(room, (long) window.strides().get(i)) + 1;
    }
    output[rank + 1] = groups * (flip() ? 1 : small());
    return new Convolution(
        input, Shape.of(output), window, groups, flip(), random.nextInt(4) == 0, activation());
  }

  private Deconvolution deconvolution() {
    int rank = 1 + random.nextInt(3);
    Shape input = spatial(rank, small());
    Window window = window(rank);
    long[] output = input.toArray();
    for (int i = 0; i < rank; i++) {
      output[i + 1] =
          (input.dim(i + 1) - 1) * window.strides().get(i)
              + window.effectiveKernel(i)
              - window.padBegin().get(i)
              - window.padEnd().get(i);
    }
    output[rank + 1] = small();
    return new Deconvolution(input, Shape.of(output), window, flip(), activation());
  }

  private Pooling pooling() {
    Convolution like = convolution();
    return new Pooling(
        like.input(),
        like.output().withDim(like.output().rank() - 1, like.input().dim(-1)),
        like.window(),
        one(PoolingKind.values()));
  }

  private Resize resize() {
    int rank = 1 + random.nextInt(3);
    Shape input = spatial(rank, small());
    long[] output = input.toArray();
    for (int i = 0; i < rank; i++) {
      output[i + 1] = flip() ? small() : absurd(28);
    }
    Resize drawn = new Resize(input, Shape.of(output), Resize.Method.NEAREST);
    OpMutations other = new OpMutations(random);
    Op changed = flip() ? drawn : other.next(drawn);
    return (Resize) changed;
  }

  private Pad pad() {
    Shape input = shape();
    int axis = random.nextInt(input.rank());
    IntTuple begin = IntTuple.generate(input.rank(), i -> i == axis ? absurd(30) : 0);
    IntTuple end = flip() ? begin : IntTuple.filled(input.rank(), 0);
    return new Pad(input, begin, end, 0);
  }

  private Slice slice() {
    Shape input = shape();
    IntTuple begin = IntTuple.generate(input.rank(), i -> random.nextInt((int) input.dim(i)));
    IntTuple steps = IntTuple.generate(input.rank(), i -> flip() ? absurd(30) : -absurd(30));
    return new Slice(input, begin, steps, ones(input));
  }

  private Concat concat() {
    Shape shape = flip() ? shape() : spatial(1, small());
    return new Concat(Collections.nCopies(1 + random.nextInt(3000), shape), random.nextInt(3));
  }

  private Window window(int rank) {
    IntTuple kernel = IntTuple.generate(rank, i -> flip() ? small() : absurd(18));
    IntTuple strides = IntTuple.generate(rank, i -> flip() ? small() : absurd(30));
    IntTuple dilation = IntTuple.generate(rank, i -> flip() ? 1 : absurd(29));
    IntTuple begin = IntTuple.generate(rank, i -> padding(kernel.get(i), dilation.get(i)));
    IntTuple end =
        IntTuple.generate(
            rank, i -> flip() ? begin.get(i) : padding(kernel.get(i), dilation.get(i)));
    return new Window(kernel, strides, dilation, begin, end);
  }

  private int padding(int kernel, int dilation) {
    int span = (int) Math.min(1 << 30, (kernel - 1L) * dilation + 1);
    return switch (random.nextInt(6)) {
      case 0, 1 -> 0;
      case 2 -> span - 1;
      case 3 -> span / 2;
      case 4 -> -small();
      default -> absurd(29);
    };
  }

  /** Channels-last. */
  private Shape spatial(int rank, long channels) {
    long[] dims = new long[rank + 2];
    dims[0] = random.nextInt(8) == 0 ? absurd(24) : small();
    for (int i = 0; i < rank; i++) {
      dims[i + 1] = random.nextInt(4) == 0 ? absurd(26) : small();
    }
    dims[rank + 1] = random.nextInt(8) == 0 ? absurd(22) : channels;
    return Shape.of(dims);
  }

  /** Of any rank, with one extent or two that are absurd. */
  private Shape shape() {
    int rank = random.nextInt(4) == 0 ? 1 + random.nextInt(16) : 3;
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = random.nextInt(rank) == 0 ? absurd(29) : 1 + random.nextInt(2);
    }
    return Shape.of(dims);
  }

  private static Shape ones(Shape shape) {
    long[] dims = shape.toArray();
    Arrays.fill(dims, 1);
    return Shape.of(dims);
  }

  private Elementwise activation() {
    return flip()
        ? Activation.LINEAR
        : Activations.ELEMENTWISE.get(random.nextInt(Activations.ELEMENTWISE.size()));
  }

  /** All magnitudes are equally likely. */
  private int absurd(int mostBits) {
    int power = 1 << random.nextInt(mostBits + 1);
    return switch (random.nextInt(3)) {
      case 0 -> power;
      case 1 -> Math.max(1, power - 1);
      default -> power + random.nextInt(power);
    };
  }

  private int small() {
    return 1 + random.nextInt(8);
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private <T> T one(T[] all) {
    return all[random.nextInt(all.length)];
  }
}
