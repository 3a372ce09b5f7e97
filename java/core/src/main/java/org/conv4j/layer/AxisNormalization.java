package org.conv4j.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Normalization;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** How the layers that normalize along axes of each example become ops. */
public final class AxisNormalization {
  private AxisNormalization() {}

  /**
   * Returns the shape of numbers that belong to the elements along some axes.
   *
   * @param input the shape that the axes are of
   * @param axes the axes, counted from 0
   * @return the input's extents along the axes
   */
  public static Shape along(Shape input, IntTuple axes) {
    return Shape.open(IntStream.of(axes.toArray()).mapToLong(input::extent).toArray());
  }

  /**
   * Requires that the extents are known that decide the shapes of a layer's weights.
   *
   * @param layer the layer's name
   * @param input the shape that the axes are of
   * @param axes the axes, counted from 0
   * @throws org.conv4j.error.ShapeMismatchException if one is unknown
   */
  public static void requireKnown(String layer, Shape input, IntTuple axes) {
    for (int i = 0; i < axes.size(); i++) {
      Arguments.known(layer, input, axes.get(i), input);
    }
  }

  /**
   * Returns the shape that combines numbers along some axes with an input, element by element.
   *
   * @param input the shape that the axes are of
   * @param axes the axes, counted from 0
   * @return a shape of the input's rank, with 1 along all other axes
   */
  public static Shape parameters(Shape input, IntTuple axes) {
    long[] dims = new long[input.rank()];
    Arrays.fill(dims, 1);
    IntStream.of(axes.toArray()).forEach(axis -> dims[axis] = input.dim(axis));
    return Shape.of(dims);
  }

  /**
   * Appends a normalization along axes.
   *
   * @param lowering the program being written
   * @param layer the name of the layer it comes from
   * @param input what is normalized
   * @param axes the axes of one set as Keras sees them, counted from 0 and ascending
   * @param kind the measure of a set
   * @param epsilon what keeps the measure from being zero
   * @param scale the factors, of shape {@link #along}, or null
   * @param shift what is added, of shape {@link #along}, or null
   * @return the result
   */
  public static Value append(
      Lowering lowering,
      String layer,
      Value input,
      IntTuple axes,
      Normalization.Kind kind,
      double epsilon,
      Constant scale,
      Constant shift) {
    // The order of numbers along several axes is that in which Keras sees the axes.
    Value in = axes.size() == 1 ? input : lowering.asSeen(layer, input);
    int[] stored = IntStream.of(axes.toArray()).map(in::storedAxis).sorted().toArray();
    IntTuple storedAxes = IntTuple.of(stored);
    Shape parameters = parameters(in.stored(), storedAxes);
    List<Constant> constants = new ArrayList<>();
    if (scale != null) {
      constants.add(scale.reshape(parameters));
    }
    if (shift != null) {
      constants.add(shift.reshape(parameters));
    }
    Normalization op =
        new Normalization(
            in.stored(), storedAxes, kind, epsilon, parameters, scale != null, shift != null);
    return lowering.append(layer, op, in, constants, in.view());
  }
}
