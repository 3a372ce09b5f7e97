package org.conv4j.op;

import java.util.Optional;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Region;
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
    int rank = OpChecks.present(input, Slice.class, "input").rank();
    boolean fits =
        OpChecks.present(begin, Slice.class, "begin").size() == rank
            && OpChecks.present(steps, Slice.class, "steps").size() == rank
            && OpChecks.present(output, Slice.class, "output").rank() == rank;
    for (int axis = 0; fits && axis < rank; axis++) {
      fits = isInside(begin.get(axis), steps.get(axis), output.dim(axis), input.dim(axis));
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "From %s, %s elements from %s on in steps of %s cannot be taken."
              .formatted(input, output, begin, steps));
    }
  }

  /** Whether elements at regular distances are all among those of an axis. */
  private static boolean isInside(int begin, int step, long count, long extent) {
    if (step == 0 || begin < 0 || begin >= extent) {
      return false;
    }
    long room = step > 0 ? extent - 1 - begin : begin;
    return count - 1 <= room / Math.abs((long) step);
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
      if (output.isWhole(axis, this.output)) {
        read = read.with(axis, 0, input.dim(axis));
        continue;
      }
      long first = element(axis, output.begin(axis));
      long last = element(axis, output.end(axis) - 1);
      read = read.with(axis, Math.min(first, last), Math.max(first, last) + 1);
    }
    return read;
  }

  private long element(int axis, long copied) {
    return begin.get(axis) + steps.get(axis) * copied;
  }

  @Override
  public Optional<Op> on(Region output) {
    Region read = reads(0, output);
    IntTuple first =
        IntTuple.generate(
            input.rank(),
            axis -> Math.toIntExact(element(axis, output.begin(axis)) - read.begin(axis)));
    return Optional.of(new Slice(read.shape(), first, steps, output.shape()));
  }
}
