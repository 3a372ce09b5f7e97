package org.conv4j.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * For each whole number a row that is 1 at that place and 0 elsewhere; all 0 if there is no such
 * place.
 *
 * @param name the layer's name
 * @param classes how many places there are
 * @param axis where the rows lie in the result, negative if it counts from its end
 */
public record OneHot(String name, int classes, int axis) implements Operation {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param classes see {@link #classes}
   * @param axis see {@link #axis}
   */
  public OneHot {
    Objects.requireNonNull(name, "name");
    if (classes < 1) {
      throw new InvalidLayerException(
          "Layer '%s': num_classes must be at least 1; given %d.".formatted(name, classes));
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    return with(inputs.get(0), classes);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    Value numbers = lowering.reshape(name, in, with(in.shape(), 1));
    int along = Axes.resolve(name, axis, in.shape().rank() + 1);
    long[] dims = new long[in.shape().rank() + 1];
    Arrays.fill(dims, 1);
    dims[along] = classes;
    double[] places = IntStream.range(0, classes).asDoubleStream().toArray();
    Arithmetic difference =
        new Arithmetic(name, BinaryFunction.SUBTRACT, null, Constant.of(Shape.of(dims), places));
    Value differences = difference.append(lowering, List.of(numbers));
    Value differs = NotEqual.truth(lowering, name, differences);
    return Affine.append(lowering, name, differs, -1, 1);
  }

  private Shape with(Shape input, long extent) {
    int along = Axes.resolve(name, axis, input.rank() + 1);
    long[] dims = new long[input.rank() + 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i == along ? extent : input.extent(i < along ? i : i - 1);
    }
    return Shape.open(dims);
  }
}
