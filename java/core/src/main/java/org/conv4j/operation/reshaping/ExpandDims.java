package org.conv4j.operation.reshaping;

import java.util.List;
import java.util.Objects;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Axes;
import org.conv4j.operation.Operation;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * New axes of extent 1.
 *
 * @param name the layer's name
 * @param axes where they are in the result; negative values count from its end
 */
public record ExpandDims(String name, IntTuple axes) implements Operation {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   */
  public ExpandDims {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(axes, "axes");
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    long[] dims = new long[input.rank() + axes.size()];
    IntTuple added = Axes.resolve(name, axes, dims.length);
    int next = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = Axes.contains(added, axis) ? 1 : input.extent(next++);
    }
    return Shape.open(dims);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    return lowering.reshape(name, in, resultShape(List.of(in.shape())));
  }
}
