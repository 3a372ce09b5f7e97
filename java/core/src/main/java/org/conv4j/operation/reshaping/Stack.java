package org.conv4j.operation.reshaping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Concat;
import org.conv4j.operation.Axes;
import org.conv4j.operation.Operation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
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
    Shape expanded = new ExpandDims(name, IntTuple.of(axis)).resultShape(List.of(equal(inputs)));
    return expanded.withDim(Axes.resolve(name, axis, expanded.rank()), arity);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Shape input = equal(inputs.stream().map(Value::shape).toList());
    Shape expanded = new ExpandDims(name, IntTuple.of(axis)).resultShape(List.of(input));
    List<Value> values = new ArrayList<>();
    for (Value value : inputs) {
      values.add(lowering.reshape(name, value, expanded));
    }
    int along = Axes.resolve(name, axis, expanded.rank());
    Concat op = new Concat(Collections.nCopies(arity, expanded), along);
    return lowering.append(name, op, values, List.of(), DataFormat.CHANNELS_LAST);
  }

  /** What is known of the shape that all inputs have. */
  private Shape equal(List<Shape> inputs) {
    long[] dims = inputs.get(0).extents();
    for (Shape input : inputs) {
      for (int i = 0; i < Math.max(dims.length, input.rank()); i++) {
        if (input.rank() != dims.length || Extents.differ(input.extent(i), dims[i])) {
          throw new ShapeMismatchException(
              "Layer '%s' needs inputs of equal shapes; given %s.".formatted(name, inputs));
        }
        dims[i] = Extents.agreed(dims[i], input.extent(i));
      }
    }
    return Shape.open(dims);
  }
}
