package org.conv4j.op;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * What several ops check when they are made. Engines rely on it: whatever reaches their native code
 * has passed here.
 */
final class OpChecks {
  private OpChecks() {}

  static <T> T present(T argument, Class<? extends Op> op, String name) {
    return InvalidLayerException.requirePresent(
        argument, "The " + name + " of a " + op.getSimpleName());
  }

  /** Channels-last shapes of one batch in 1 to 3 spatial dimensions. */
  static void spatial(Class<? extends Op> op, Shape input, Shape output) {
    int rank = present(input, op, "input").rank() - 2;
    if (rank < 1 || rank > 3 || present(output, op, "output").rank() != rank + 2) {
      throw mismatch(op, "has 1 to 3 spatial dimensions between batch and channels", input, output);
    }
    if (output.dim(0) != input.dim(0)) {
      throw mismatch(op, "keeps the batch", input, output);
    }
    for (int axis = 1; axis <= rank; axis++) {
      input.intDim(axis);
      output.intDim(axis);
    }
  }

  /** The same, moved over by a window of that many dimensions. */
  static void windowed(Class<? extends Op> op, Shape input, Shape output, Window window) {
    spatial(op, input, output);
    if (present(window, op, "window").rank() != input.rank() - 2) {
      throw new ShapeMismatchException(
          "A %s of the input %s needs a window of %d dimensions; given %s."
              .formatted(op.getSimpleName(), input, input.rank() - 2, window));
    }
  }

  /** There is an output for each position of the window, and for nothing else. */
  static void reached(Class<? extends Op> op, Shape input, Shape output, Window window) {
    for (int axis = 0; axis < window.rank(); axis++) {
      long room =
          input.dim(axis + 1)
              + window.padBegin().get(axis)
              + window.padEnd().get(axis)
              - window.effectiveKernel(axis);
      if (room < 0 || room / window.strides().get(axis) + 1 != output.dim(axis + 1)) {
        throw mismatch(op, "has an output for each position of its " + window, input, output);
      }
    }
  }

  /** Axes of a shape in ascending order. */
  static void axes(Class<? extends Op> op, Shape input, IntTuple axes) {
    int last = -1;
    present(input, op, "input");
    for (int i = 0; i < present(axes, op, "axes").size(); i++) {
      if (axes.get(i) <= last || axes.get(i) >= input.rank()) {
        throw new InvalidLayerException(
            "The axes of a %s must ascend from 0 and be below the rank of %s; given %s."
                .formatted(op.getSimpleName(), input, axes));
      }
      last = axes.get(i);
    }
  }

  /** Numbers that elements share along some axes. */
  static void shared(Class<? extends Op> op, String name, Shape input, Shape numbers) {
    boolean fits = present(input, op, "input").rank() == present(numbers, op, name).rank();
    for (int axis = 0; fits && axis < input.rank(); axis++) {
      fits = numbers.dim(axis) == 1 || numbers.dim(axis) == input.dim(axis);
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "The %s of a %s of %s must have the same shape, or 1 along some axes; given %s."
              .formatted(name, op.getSimpleName(), input, numbers));
    }
  }

  /** Those of the numbers that the elements of a region share. */
  static Region shared(Shape numbers, Region elements) {
    Region some = Region.of(numbers);
    for (int axis = 0; axis < numbers.rank(); axis++) {
      if (numbers.dim(axis) > 1) {
        some = some.with(axis, elements.begin(axis), elements.end(axis));
      }
    }
    return some;
  }

  static ShapeMismatchException mismatch(
      Class<? extends Op> op, String rule, Shape input, Shape output) {
    return new ShapeMismatchException(
        "A %s %s; given the input %s and the output %s."
            .formatted(op.getSimpleName(), rule, input, output));
  }

  /** A kernel's extents, then two numbers of channels. */
  static Shape kernel(Window window, long rows, long columns) {
    int rank = window.rank();
    long[] dims = new long[rank + 2];
    for (int i = 0; i < rank; i++) {
      dims[i] = window.kernel().get(i);
    }
    dims[rank] = rows;
    dims[rank + 1] = columns;
    return Shape.of(dims);
  }

  /** A product that stops at the largest number instead of overflowing. */
  static long product(long... factors) {
    long product = 1;
    for (long factor : factors) {
      if (Math.multiplyHigh(product, factor) != 0 || product * factor < 0) {
        return Long.MAX_VALUE;
      }
      product *= factor;
    }
    return product;
  }
}
