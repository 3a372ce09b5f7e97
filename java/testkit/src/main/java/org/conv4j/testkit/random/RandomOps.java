package org.conv4j.testkit.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
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

/** Draws ops of every kind; also ones that no layer asks for. Not thread-safe. */
public final class RandomOps {
  private static final int LARGE = 12;

  /** Keeps a run of the reference engine below about 10 ms. */
  private static final long MOST_FLOPS = 3_000_000;

  /** What can be drawn; convolutions several times over, for what engines do apart. */
  public enum Kind {
    /** Any convolution. */
    CONVOLUTION,
    /** A convolution with a group for each channel. */
    DEPTHWISE_CONVOLUTION,
    /** A convolution with hundreds of filters. */
    CONVOLUTION_WITH_MANY_FILTERS,
    /** A convolution with a kernel of a single tap. */
    POINTWISE_CONVOLUTION,
    /** See {@link Deconvolution}. */
    DECONVOLUTION,
    /** See {@link Pooling}. */
    POOLING,
    /** See {@link Binary}. */
    BINARY,
    /** See {@link Concat}. */
    CONCAT,
    /** See {@link Eltwise}. */
    ELTWISE,
    /** See {@link Gather}. */
    GATHER,
    /** See {@link InnerProduct}. */
    INNER_PRODUCT,
    /** See {@link MatMul}. */
    MAT_MUL,
    /** See {@link Normalization}. */
    NORMALIZATION,
    /** See {@link Pad}. */
    PAD,
    /** See {@link Permute}. */
    PERMUTE,
    /** See {@link Prelu}. */
    PRELU,
    /** See {@link Recurrence}. */
    RECURRENCE,
    /** See {@link Reduction}. */
    REDUCTION,
    /** See {@link Resize}. */
    RESIZE,
    /** See {@link Scale}. */
    SCALE,
    /** See {@link Slice}. */
    SLICE,
    /** See {@link Softmax}. */
    SOFTMAX
  }

  private final Draw draw;
  private final Random random;
  private final RandomWindows windows;
  private final long mostFlops;

  private RandomOps(Random random, int stretch, List<Elementwise> activations) {
    this.random = random;
    draw = new Draw(random, stretch, activations);
    windows = new RandomWindows(draw);
    mostFlops = stretch * MOST_FLOPS;
  }

  /**
   * Draws small ops, a few thousand elements at most.
   *
   * @param random decides which
   * @param activations to draw from
   * @return a source of ops
   */
  public static RandomOps small(Random random, List<Elementwise> activations) {
    return new RandomOps(random, 1, activations);
  }

  /**
   * Draws ops of which many are worth more than one thread.
   *
   * @param random decides which
   * @param activations to draw from
   * @return a source of ops
   */
  public static RandomOps large(Random random, List<Elementwise> activations) {
    return new RandomOps(random, LARGE, activations);
  }

  /**
   * Draws an op.
   *
   * @param kind its kind
   * @return the op
   */
  public Op next(Kind kind) {
    Op op;
    do {
      op = draw(kind);
    } while (op.flops() > mostFlops);
    return op;
  }

  private Op draw(Kind kind) {
    return switch (kind) {
      case CONVOLUTION -> windows.convolution();
      case DEPTHWISE_CONVOLUTION -> windows.depthwise();
      case CONVOLUTION_WITH_MANY_FILTERS -> windows.manyFilters();
      case POINTWISE_CONVOLUTION -> windows.pointwise();
      case DECONVOLUTION -> windows.deconvolution();
      case POOLING -> windows.pooling();
      case BINARY -> binary();
      case CONCAT -> concat();
      case ELTWISE -> new Eltwise(draw.shape(), draw.activation());
      case GATHER -> gather();
      case INNER_PRODUCT -> innerProduct();
      case MAT_MUL -> matMul();
      case NORMALIZATION -> normalization();
      case PAD -> pad();
      case PERMUTE -> permute();
      case PRELU -> prelu();
      case RECURRENCE -> recurrence();
      case REDUCTION -> reduction();
      case RESIZE -> resize();
      case SCALE -> new Scale(draw.shape(), draw.activation());
      case SLICE -> slice();
      case SOFTMAX -> softmax();
    };
  }

  private Binary binary() {
    Shape whole = draw.shape();
    Shape left = whole;
    Shape right = draw.shared(whole);
    if (draw.oneOf(0, 0, 1) == 1) {
      left = draw.shared(whole);
    }
    boolean swapped = draw.flip();
    return new Binary(
        swapped ? right : left,
        swapped ? left : right,
        draw.oneOf(BinaryFunction.class),
        draw.activation());
  }

  private Concat concat() {
    Shape first = draw.shape();
    int axis = draw.between(0, first.rank() - 1);
    List<Shape> inputs = new ArrayList<>(List.of(first));
    for (int more = draw.between(0, 3); more > 0; more--) {
      long[] dims = first.toArray();
      dims[axis] = draw.between(1, 9);
      inputs.add(Shape.of(dims));
    }
    Collections.shuffle(inputs, random);
    return new Concat(inputs, axis);
  }

  private Gather gather() {
    Shape table = Shape.of(draw.between(1, 9), draw.extent(1, 40));
    return new Gather(table, draw.shape());
  }

  private InnerProduct innerProduct() {
    return new InnerProduct(draw.shape(), draw.extent(1, 70), draw.flip(), draw.activation());
  }

  private MatMul matMul() {
    int batch = draw.between(1, 3);
    int depth = draw.extent(1, 20);
    return new MatMul(
        Shape.of(batch, draw.extent(1, 20), depth), Shape.of(batch, depth, draw.extent(1, 20)));
  }

  private Normalization normalization() {
    Shape input = draw.shape();
    int last = input.rank() - 1;
    IntTuple axes =
        switch (draw.between(0, 2)) {
          case 0 -> IntTuple.of(last);
          case 1 -> lastAxes(input.rank());
          default -> draw.axes(input.rank());
        };
    return new Normalization(
        input,
        axes,
        draw.oneOf(Normalization.Kind.class),
        draw.oneOf(List.of(1e-12, 1e-5, 1e-3, 0.5)),
        draw.shared(input),
        draw.flip(),
        draw.flip());
  }

  /** All axes from one on, perhaps without the one before the last, as in group normalization. */
  private IntTuple lastAxes(int rank) {
    boolean[] chosen = new boolean[rank];
    for (int axis = draw.between(0, rank - 1); axis < rank; axis++) {
      chosen[axis] = true;
    }
    if (rank > 2 && draw.flip()) {
      chosen[rank - 2] = false;
    }
    return Draw.axes(chosen);
  }

  private Pad pad() {
    Shape input = draw.shape();
    int rank = input.rank();
    return new Pad(
        input,
        IntTuple.of(draw.tuple(rank, 0, draw.oneOf(0, 3))),
        IntTuple.of(draw.tuple(rank, 0, draw.oneOf(0, 1, 3))),
        draw.between(-1, 1));
  }

  private Permute permute() {
    Shape input = draw.shape();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      axes.add(axis);
    }
    Collections.shuffle(axes, random);
    return new Permute(input, IntTuple.generate(axes.size(), axes::get));
  }

  private Prelu prelu() {
    Shape input = draw.shape();
    return new Prelu(input, draw.shared(input));
  }

  private Recurrence recurrence() {
    RecurrentCell cell = draw.cell();
    int units = draw.extent(1, 20);
    boolean sequence = draw.flip();
    return new Recurrence(
        Shape.of(draw.between(1, 5), draw.between(1, 5), (long) cell.gates() * units),
        cell,
        draw.flip(),
        draw.flip(),
        draw.oneOf(Recurrence.Masking.class),
        draw.flip(),
        sequence,
        draw.between(sequence ? 0 : 1, cell.states()));
  }

  private Reduction reduction() {
    Shape input = draw.shape();
    IntTuple axes = draw.flip() ? lastAxes(input.rank()) : draw.axes(input.rank());
    return new Reduction(input, axes, draw.oneOf(ReductionKind.class));
  }

  private Resize resize() {
    int rank = draw.between(1, 3);
    int batch = draw.between(1, 2);
    int channels = draw.oneOf(1, 3, 8, 17);
    int[] in = draw.extents(rank, 1, 8);
    int[] out = draw.flip() ? draw.extents(rank, 1, 12) : in.clone();
    if (draw.flip()) {
      int axis = draw.between(0, rank - 1);
      out[axis] = in[axis] * draw.between(1, 3);
    }
    return new Resize(
        Draw.shape(batch, in, channels),
        Draw.shape(batch, out, channels),
        draw.oneOf(Resize.Method.class),
        draw.oneOf(ResizeCoordinates.class));
  }

  private Slice slice() {
    Shape input = draw.shape();
    int rank = input.rank();
    int[] begin = new int[rank];
    int[] steps = new int[rank];
    long[] output = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      int extent = input.intDim(axis);
      boolean whole = draw.flip();
      steps[axis] = whole ? 1 : draw.oneOf(1, 1, 2, 3, -1, -2);
      begin[axis] = whole ? 0 : draw.between(0, extent - 1);
      int room = steps[axis] > 0 ? extent - 1 - begin[axis] : begin[axis];
      int most = room / Math.abs(steps[axis]) + 1;
      output[axis] = whole ? extent : draw.between(1, most);
    }
    return new Slice(input, IntTuple.of(begin), IntTuple.of(steps), Shape.of(output));
  }

  private Softmax softmax() {
    Shape input = draw.shape();
    return new Softmax(input, draw.between(0, input.rank() - 1), draw.flip());
  }
}
