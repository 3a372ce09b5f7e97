package org.conv4j.layer.operation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Concat;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Tensors of equal shapes along a new axis.
 *
 * @param name the layer's name
 * @param arity how many tensors it takes
 * @param axis where the new axis is in the result; negative values count from the end
 */
public record Stack(String name, int arity, int axis) implements Operation {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param arity see {@link #arity}
   * @param axis see {@link #axis}
   */
  public Stack {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    return concat(inputs).output();
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Concat op = concat(inputs.stream().map(Value::shape).toList());
    List<Value> expanded = new ArrayList<>();
    for (Value input : inputs) {
      expanded.add(lowering.reshape(name, input, op.inputs().get(0)));
    }
    return lowering.append(name, op, expanded, List.of(), DataFormat.CHANNELS_LAST);
  }

  private Concat concat(List<Shape> inputs) {
    if (new HashSet<>(inputs).size() != 1) {
      throw new ShapeMismatchException(
          "Layer '%s' needs inputs of equal shapes; given %s.".formatted(name, inputs));
    }
    Shape expanded = new ExpandDims(name, IntTuple.of(axis)).resultShape(inputs);
    List<Shape> shapes = inputs.stream().map(input -> expanded).toList();
    return new Concat(shapes, Axes.resolve(name, axis, expanded.rank()));
  }
}
