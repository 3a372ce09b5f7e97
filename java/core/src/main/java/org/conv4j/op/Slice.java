package org.conv4j.op;

import java.util.Optional;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Copies elements at regular distances.
 *
 * @param input the shape that is read
 * @param begin for each axis, the first element copied
 * @param steps for each axis, the distance to the next one; negative to go backwards, never 0
 * @param output the shape that is written
 */
public record Slice(Shape input, IntTuple begin, IntTuple steps, Shape output) implements Op {
  /**
   * Checks that every element copied lies inside the input.
   *
   * @param input see {@link #input}
   * @param begin see {@link #begin}
   * @param steps see {@link #steps}
   * @param output see {@link #output}
   */
  public Slice {
    for (int axis = 0; axis < input.rank(); axis++) {
      long last = begin.get(axis) + (output.dim(axis) - 1) * steps.get(axis);
      if (steps.get(axis) == 0
          || Math.min(last, begin.get(axis)) < 0
          || Math.max(last, begin.get(axis)) >= input.dim(axis)) {
        throw new ShapeMismatchException(
            "From %s, %s elements from %s on in steps of %s cannot be taken."
                .formatted(input, output, begin, steps));
      }
    }
  }

  @Override
  public long flops() {
    return 0;
  }

  @Override
  public Optional<Op> part(int parts) {
    return Op.part(input, parts)
        .filter(part -> begin.get(0) == 0 && steps.get(0) == 1 && output.dim(0) == input.dim(0))
        .map(part -> new Slice(part, begin, steps, output.withDim(0, part.dim(0))));
  }
}
