package org.conv4j.op;

import java.util.Optional;
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
  @Override
  public Shape output() {
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
  public Optional<Op> part(int parts) {
    return Op.part(input, parts)
        .filter(part -> begin.get(0) == 0 && end.get(0) == 0)
        .map(part -> new Pad(part, begin, end, value));
  }
}
