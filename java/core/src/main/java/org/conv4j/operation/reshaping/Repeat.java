package org.conv4j.operation.reshaping;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Concat;
import org.conv4j.operation.Axes;
import org.conv4j.operation.Operation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;

/**
 * The elements along one axis several times: each on its own, {@code aabbcc}, as {@code repeat}
 * does, or one sequence behind the other, {@code abcabc}, as {@code tile} does.
 *
 * @param name the layer's name
 * @param repeats how many times, from 1 to {@link #MAX_REPEATS}
 * @param axis the axis; negative values count from the end
 * @param whole whether the sequence is repeated as a whole
 */
public record Repeat(String name, int repeats, int axis, boolean whole) implements Operation {
  /** More would make an op of absurdly many inputs. */
  public static final int MAX_REPEATS = 1024;

  /**
   * Checks the number.
   *
   * @param name see {@link #name}
   * @param repeats see {@link #repeats}
   * @param axis see {@link #axis}
   * @param whole see {@link #whole}
   */
  public Repeat {
    Objects.requireNonNull(name, "name");
    if (repeats < 1 || repeats > MAX_REPEATS) {
      throw new InvalidLayerException(
          "Layer '%s': repeats must be from 1 to %d; given %d."
              .formatted(name, MAX_REPEATS, repeats));
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    int along = Axes.resolve(name, axis, input.rank());
    return input.withDim(along, Extents.product(input.extent(along), repeats));
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    int along = Axes.resolve(name, axis, in.shape().rank());
    Shape split = split(in.shape(), along);
    Value once = lowering.reshape(name, in, split);
    Concat op = new Concat(Collections.nCopies(repeats, split), whole ? along : along + 1);
    Value result =
        lowering.append(
            name, op, Collections.nCopies(repeats, once), List.of(), DataFormat.CHANNELS_LAST);
    return lowering.reshape(name, result, resultShape(List.of(in.shape())));
  }

  /** Puts a new axis where the copies of an element go, or leaves the shape as it is. */
  private Shape split(Shape input, int along) {
    if (whole) {
      return input;
    }
    long[] dims = new long[input.rank() + 1];
    System.arraycopy(input.toArray(), 0, dims, 0, along + 1);
    dims[along + 1] = 1;
    System.arraycopy(input.toArray(), along + 1, dims, along + 2, input.rank() - along - 1);
    return Shape.of(dims);
  }
}
