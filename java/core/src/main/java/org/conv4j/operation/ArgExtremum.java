package org.conv4j.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * Where the largest or smallest element along an axis is, counted from 0: {@code argmax}, {@code
 * argmin}. Of equal elements the first one counts; those beyond what float32 can hold are equal. A
 * NaN among the elements gives NaN.
 *
 * @param name the layer's name
 * @param largest whether the largest one is meant
 * @param axis the axis, negative if it counts from the end; null for all elements as one row
 * @param keepDims whether the axes stay, with extent 1
 */
public record ArgExtremum(String name, boolean largest, Integer axis, boolean keepDims)
    implements Operation {
  /** Places are numbers of the data type that everything is computed in. */
  private static final int MOST = 1 << 24;

  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param largest see {@link #largest}
   * @param axis see {@link #axis}
   * @param keepDims see {@link #keepDims}
   */
  public ArgExtremum {
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns the place of the largest element along an axis, which goes.
   *
   * @param name the layer's name
   * @param axis see {@link #axis}
   * @return the layer
   */
  public static ArgExtremum max(String name, int axis) {
    return new ArgExtremum(name, true, axis, false);
  }

  /**
   * Returns the place of the smallest element along an axis, which goes.
   *
   * @param name the layer's name
   * @param axis see {@link #axis}
   * @return the layer
   */
  public static ArgExtremum min(String name, int axis) {
    return new ArgExtremum(name, false, axis, false);
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    IntTuple axes = axis == null ? null : IntTuple.of(axis);
    return new Reduce(name, kind(largest), axes, keepDims).resultShape(List.of(input));
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    if (axis == null) {
      in = lowering.reshape(name, in, Shape.of(in.shape().elementCount()));
    }
    int along = Axes.resolve(name, axis == null ? 0 : axis, in.shape().rank());
    // The difference of two infinities would be no number.
    Eltwise finite =
        new Eltwise(in.stored(), new Elementwise.Clip(-Float.MAX_VALUE, Float.MAX_VALUE));
    Value clipped = lowering.append(name, finite, in, List.of(), in.view());
    Value place = place(lowering, name, clipped, along, largest, false);
    return lowering.reshape(name, place, resultShape(List.of(inputs.get(0).shape())));
  }

  /**
   * Appends the ops that find an element.
   *
   * @param lowering the program being written
   * @param name the name of the layer it comes from
   * @param in finite numbers; where the extremum is infinite, its place is NaN
   * @param axis the axis, counted from 0
   * @param largest whether the largest one is meant
   * @param last whether the last one of equal ones counts instead of the first
   * @return its place, with extent 1 along the axis
   */
  public static Value place(
      Lowering lowering, String name, Value in, int axis, boolean largest, boolean last) {
    long extent = in.shape().dim(axis);
    if (extent > MOST) {
      throw new InvalidLayerException(
          "Layer '%s': of at most %d elements one can be found; given %s along axis %d."
              .formatted(name, MOST, in.shape(), axis));
    }
    IntTuple along = IntTuple.of(axis);
    Value bound = Reduce.append(lowering, name, kind(largest), in, along);
    Value difference = binary(lowering, name, BinaryFunction.SUBTRACT, in, bound);
    Value differs = NotEqual.truth(lowering, name, difference);
    Value hits = Affine.append(lowering, name, differs, -1, 1);
    Value ranks = numbers(lowering, in, axis, i -> last ? i + 1 : extent - i);
    Value ranked = binary(lowering, name, BinaryFunction.MULTIPLY, hits, ranks);
    Value best = Reduce.append(lowering, name, ReductionKind.MAX, ranked, along);
    return last
        ? Affine.append(lowering, name, best, 1, -1)
        : Affine.append(lowering, name, best, -1, extent);
  }

  private static ReductionKind kind(boolean largest) {
    return largest ? ReductionKind.MAX : ReductionKind.MIN;
  }

  /** A constant that differs along one axis, lying in memory as a value does. */
  static Value numbers(Lowering lowering, Value like, int axis, IntToDoubleFunction number) {
    int extent = like.shape().intDim(axis);
    double[] numbers = new double[extent];
    Arrays.setAll(numbers, number);
    long[] stored = new long[like.shape().rank()];
    Arrays.fill(stored, 1);
    long[] seen = stored.clone();
    stored[like.storedAxis(axis)] = extent;
    seen[axis] = extent;
    Value constant = lowering.constant(Constant.of(Shape.of(stored), numbers));
    return new Value(constant.id(), Shape.of(seen), like.view());
  }

  private static Value binary(
      Lowering lowering, String name, BinaryFunction function, Value left, Value right) {
    Binary op = new Binary(left.stored(), right.stored(), function, Activation.LINEAR);
    return lowering.append(name, op, List.of(left, right), List.of(), left.view());
  }
}
