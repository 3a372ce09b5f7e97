package org.conv4j.operation.reshaping;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Operation;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * The whole tensor several times along its axes, like tiles.
 *
 * @param name the layer's name
 * @param repeats how many times for each axis, from 1 to {@link Repeat#MAX_REPEATS}; they count
 *     from the last axis, and axes or repeats that are missing in front are 1
 */
public record Tile(String name, IntTuple repeats) implements Operation {
  /**
   * Checks the numbers.
   *
   * @param name see {@link #name}
   * @param repeats see {@link #repeats}
   */
  public Tile {
    Objects.requireNonNull(name, "name");
    for (int i = 0; i < repeats.size(); i++) {
      new Repeat(name, repeats.get(i), 0, true);
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape shape = expanded(inputs.get(0));
    for (int i = 0; i < repeats.size(); i++) {
      shape = along(i).resultShape(List.of(shape));
    }
    return shape;
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    Value tiled = lowering.reshape(name, in, expanded(in.shape()));
    for (int i = repeats.size() - 1; i >= 0; i--) {
      if (repeats.get(i) > 1) {
        tiled = along(i).append(lowering, List.of(tiled));
      }
    }
    return tiled;
  }

  private Repeat along(int index) {
    return new Repeat(name, repeats.get(index), index - repeats.size(), true);
  }

  private Shape expanded(Shape shape) {
    int missing = Math.max(0, repeats.size() - shape.rank());
    long[] dims = new long[missing + shape.rank()];
    Arrays.fill(dims, 1);
    System.arraycopy(shape.extents(), 0, dims, missing, shape.rank());
    return Shape.open(dims);
  }
}
