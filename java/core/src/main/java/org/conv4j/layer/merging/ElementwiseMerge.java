package org.conv4j.layer.merging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.MultiInputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Op;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/** A layer that combines its inputs element by element, as Keras broadcasts them. */
public interface ElementwiseMerge extends MultiInputLayer {
  /**
   * Returns what combines two elements; more inputs are combined from the first to the last.
   *
   * @return the function
   */
  BinaryFunction function();

  @Override
  default Shape outputShape(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw new ShapeMismatchException("Layer '%s' needs at least one input.".formatted(name()));
    }
    int rank = 0;
    for (Shape input : inputs) {
      rank = Math.max(rank, input.rank());
    }
    long[] dims = expand(inputs.get(0), rank).extents();
    for (Shape input : inputs) {
      Shape shape = expand(input, rank);
      for (int axis = 0; axis < dims.length; axis++) {
        long dim = shape.extent(axis);
        if (axis == 0 ? Extents.differ(dim, dims[0]) : Extents.clash(dim, dims[axis])) {
          throw new ShapeMismatchException(
              "Layer '%s' cannot combine inputs of the shapes %s element by element."
                  .formatted(name(), inputs));
        }
        dims[axis] = axis == 0 ? Extents.agreed(dims[0], dim) : Extents.broadcast(dims[axis], dim);
      }
    }
    return Shape.open(dims);
  }

  @Override
  default Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    int rank = 0;
    for (Value input : inputs) {
      rank = Math.max(rank, input.shape().rank());
    }
    List<Value> expanded = new ArrayList<>();
    for (Value input : inputs) {
      boolean fits = input.shape().rank() == rank;
      expanded.add(fits ? input : lowering.reshape(name(), input, expand(input.shape(), rank)));
    }
    List<Value> values = lowering.sameView(name(), expanded);
    Value result = values.get(0);
    for (Value value : values.subList(1, values.size())) {
      Op op = new Binary(result.stored(), value.stored(), function(), Activation.LINEAR);
      result = lowering.append(name(), op, List.of(result, value), List.of(), value.view());
    }
    return result;
  }

  /** Keras puts the missing dimensions behind the batch. */
  private static Shape expand(Shape shape, int rank) {
    long[] dims = new long[rank];
    Arrays.fill(dims, 1);
    int missing = rank - shape.rank();
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims[axis == 0 ? 0 : axis + missing] = shape.extent(axis);
    }
    return Shape.open(dims);
  }
}
