package org.conv4j.op;

import java.util.Optional;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * Surrounds a tensor with copies of one number.
 *
 * @param input the shape that is read
 * @param begin for each axis, how many elements come before; at least 0
 * @param end for each axis, how many elements come after; at least 0
 * @param value the number
 */
public record Pad(Shape input, IntTuple begin, IntTuple end, double value) implements Op {
  /**
   * Checks that every axis has its padding.
   *
   * @param input see {@link #input}
   * @param begin see {@link #begin}
   * @param end see {@link #end}
   * @param value see {@link #value}
   */
  public Pad {
    OpChecks.present(input, Pad.class, "input");
    OpChecks.present(begin, Pad.class, "begin");
    OpChecks.present(end, Pad.class, "end");
    boolean fits = begin.size() == input.rank() && end.size() == input.rank();
    for (int axis = 0; fits && axis < input.rank(); axis++) {
      fits = begin.get(axis) >= 0 && end.get(axis) >= 0;
    }
    if (!fits) {
      throw new InvalidLayerException(
          "A Pad of %s needs 0 or more elements before and behind each axis; given %s and %s."
              .formatted(input, begin, end));
    }
    padded(input, begin, end);
  }

  @Override
  public Shape output() {
    return padded(input, begin, end);
  }

  private static Shape padded(Shape input, IntTuple begin, IntTuple end) {
    long[] dims = input.toArray();
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] += (long) begin.get(axis) + end.get(axis);
    }
    return Shape.of(dims);
  }

  @Override
  public long flops() {
    return 0;
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    Region read = output;
    for (int axis = 0; axis < input.rank(); axis++) {
      long before = begin.get(axis);
      read =
          read.within(
              axis, output.begin(axis) - before, output.end(axis) - before, input.dim(axis));
    }
    return read;
  }

  /** Returns nothing for a region of padding alone. */
  @Override
  public Optional<Op> on(Region output) {
    Region read = reads(0, output);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    IntTuple before =
        IntTuple.generate(
            input.rank(),
            axis -> Math.toIntExact(read.begin(axis) + begin.get(axis) - output.begin(axis)));
    IntTuple behind =
        IntTuple.generate(
            input.rank(),
            axis -> Math.toIntExact(output.end(axis) - begin.get(axis) - read.end(axis)));
    return Optional.of(new Pad(read.shape(), before, behind, value));
  }
}
