package org.conv4j.operation.reshaping;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Axes;
import org.conv4j.operation.Operation;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * The elements along some axes in the opposite order.
 *
 * @param name the layer's name
 * @param axes the axes, negative ones counted from the end; null for all
 */
public record Flip(String name, IntTuple axes) implements Operation {
  /**
   * Checks that there is a name.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   */
  public Flip {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Axes.resolve(name, axes, inputs.get(0).rank());
    return inputs.get(0);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    int rank = inputs.get(0).shape().rank();
    IntTuple along = Axes.resolve(name, axes, rank);
    List<Index> indices = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      indices.add(new Index.Range(null, null, Axes.contains(along, axis) ? -1 : null));
    }
    return new GetItem(name, indices).append(lowering, inputs);
  }
}
