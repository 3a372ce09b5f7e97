package org.conv4j.layer.merging;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.AxisNormalization;
import org.conv4j.layer.MultiInputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.MatMul;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Dot: the products of two inputs summed along an axis of each, for every example.
 *
 * @param name the layer's name
 * @param axes the axis of each input, batch counted as 0; negative values count from the end
 * @param normalize whether each input is first divided by its length along its axis
 */
public record Dot(String name, IntTuple axes, boolean normalize) implements MultiInputLayer {
  /** Keras's default epsilon. */
  private static final double EPSILON = 1e-7;

  /**
   * Checks the arguments and writes a single axis out for each input.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   * @param normalize see {@link #normalize}
   */
  public Dot {
    Objects.requireNonNull(name, "name");
    if (axes.size() != 1 && axes.size() != 2) {
      throw Arguments.invalid(name, "axes", "one axis or two", axes);
    }
    axes = axes.size() == 2 ? axes : IntTuple.filled(2, axes.get(0));
  }

  /**
   * Returns a layer that does not normalize.
   *
   * @param axes the axis of each input; one stands for both
   * @return the layer
   * @throws InvalidLayerException if there are more
   */
  public static Dot of(int... axes) {
    return new Dot("dot", IntTuple.of(axes), false);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Dot name(String name) {
    return new Dot(name, axes, normalize);
  }

  /**
   * Sets whether inputs are divided by their lengths.
   *
   * @param normalize true for a cosine
   * @return a changed copy
   */
  public Dot normalize(boolean normalize) {
    return new Dot(name, axes, normalize);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new ShapeMismatchException(
          "Layer '%s' takes two inputs; given %d.".formatted(name, inputs.size()));
    }
    Shape left = Arguments.rankAtLeast(name, 2, inputs.get(0));
    Shape right = Arguments.rankAtLeast(name, 2, inputs.get(1));
    int leftAxis = axis(0, left);
    int rightAxis = axis(1, right);
    if (Extents.differ(left.extent(0), right.extent(0))
        || Extents.differ(left.extent(leftAxis), right.extent(rightAxis))) {
      throw new ShapeMismatchException(
          "Layer '%s' cannot multiply inputs of the shapes %s along the axes %s."
              .formatted(name, inputs, axes));
    }
    List<Long> dims = new ArrayList<>();
    dims.add(Extents.agreed(left.extent(0), right.extent(0)));
    for (int i = 1; i < left.rank(); i++) {
      if (i != leftAxis) {
        dims.add(left.extent(i));
      }
    }
    for (int i = 1; i < right.rank(); i++) {
      if (i != rightAxis) {
        dims.add(right.extent(i));
      }
    }
    if (dims.size() == 1) {
      dims.add(1L);
    }
    return Shape.open(dims.stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    Shape output = outputShape(inputs.stream().map(Value::shape).toList());
    Value left = operand(lowering, inputs.get(0), 0);
    Value right = operand(lowering, inputs.get(1), 1);
    Op op = new MatMul(left.shape(), right.shape());
    Value product =
        lowering.append(name, op, List.of(left, right), List.of(), DataFormat.CHANNELS_LAST);
    return lowering.reshape(name, product, output);
  }

  /** The left input as rows of what is summed, the right one as columns of it. */
  private Value operand(Lowering lowering, Value input, int which) {
    int axis = axis(which, input.shape());
    Value value = input;
    if (normalize) {
      Normalization.Kind kind = Normalization.Kind.EUCLIDEAN;
      IntTuple along = IntTuple.of(axis);
      value = AxisNormalization.append(lowering, name, input, along, kind, EPSILON, null, null);
    }
    int rank = input.shape().rank();
    IntTuple order =
        which == 0
            ? IntTuple.generate(rank, i -> i == rank - 1 ? axis : i < axis ? i : i + 1)
            : IntTuple.generate(rank, i -> i == 0 ? 0 : i == 1 ? axis : i <= axis ? i - 1 : i);
    Value moved = lowering.permute(name, value, order);
    long batch = input.shape().dim(0);
    long depth = input.shape().dim(axis);
    long others = input.shape().elementCount() / batch / depth;
    Shape matrix = which == 0 ? Shape.of(batch, others, depth) : Shape.of(batch, depth, others);
    return lowering.reshape(name, moved, matrix);
  }

  private int axis(int which, Shape input) {
    return Arguments.axes(name, "axes", IntTuple.of(axes.get(which)), input).get(0);
  }
}
