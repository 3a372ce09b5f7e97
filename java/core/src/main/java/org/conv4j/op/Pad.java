package org.conv4j.op;

import java.util.Optional;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.IntTuple;
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
  public Optional<Op> part(int parts) {
    return Op.part(input, parts)
        .filter(part -> begin.get(0) == 0 && end.get(0) == 0)
        .map(part -> new Pad(part, begin, end, value));
  }
}
