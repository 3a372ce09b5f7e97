package org.conv4j.layer.merging;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.MultiInputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Concat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Concatenate: the inputs one behind the other along an axis.
 *
 * @param name the layer's name
 * @param axis the axis; negative values count from the end
 */
public record Concatenate(String name, int axis) implements MultiInputLayer {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param axis see {@link #axis}
   */
  public Concatenate {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns a layer with Keras's default, the last axis.
   *
   * @return the layer
   */
  public static Concatenate of() {
    return new Concatenate("concatenate", -1);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Concatenate name(String name) {
    return new Concatenate(name, axis);
  }

  /**
   * Sets the axis.
   *
   * @param axis negative values count from the end
   * @return a changed copy
   */
  public Concatenate axis(int axis) {
    return new Concatenate(name, axis);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw new ShapeMismatchException("Layer '%s' needs at least one input.".formatted(name));
    }
    int along = Arguments.axis(name, "axis", axis, inputs.get(0));
    long[] dims = inputs.get(0).extents();
    for (Shape input : inputs.subList(1, inputs.size())) {
      for (int i = 0; i < dims.length; i++) {
        if (input.rank() != dims.length
            || (i != along && Extents.differ(input.extent(i), dims[i]))) {
          throw new ShapeMismatchException(
              "Layer '%s' cannot concatenate inputs of the shapes %s along axis %d."
                  .formatted(name, inputs, axis));
        }
        dims[i] =
            i == along
                ? Extents.sum(dims[i], input.extent(i))
                : Extents.agreed(dims[i], input.extent(i));
      }
    }
    return Shape.open(dims);
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    List<Value> values = lowering.sameView(name, inputs);
    Value first = values.get(0);
    int along = Arguments.axis(name, "axis", axis, first.shape());
    List<Shape> shapes = values.stream().map(Value::stored).toList();
    Concat op = new Concat(shapes, first.storedAxis(along));
    return lowering.append(name, op, values, List.of(), first.view());
  }
}
