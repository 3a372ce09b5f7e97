package org.conv4j.operation;

import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.layer.Arguments;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * All elements divided by their norm along some axes, {@code sum(|x|^order)^(1/order)}, as {@code
 * keras.ops.normalize} and {@code tf.math.l2_normalize} do. Norms below epsilon count as epsilon.
 *
 * @param name the layer's name
 * @param axes the axes, negative ones counted from the end; null for all
 * @param order which norm, at least 1; orders but 2 have one axis, or order 1 two: the norm of a
 *     matrix, its largest sum of a column
 * @param epsilon the least norm, above 0
 */
public record Normalize(String name, IntTuple axes, int order, double epsilon)
    implements Operation {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   * @param order see {@link #order}
   * @param epsilon see {@link #epsilon}
   */
  public Normalize {
    Objects.requireNonNull(name, "name");
    Arguments.positive(name, "order", order);
    int most = order == 1 ? 2 : 1;
    if (order != 2 && (axes == null || axes.size() < 1 || axes.size() > most)) {
      throw Arguments.invalid(name, "axis", "one axis for the order " + order, axes);
    }
    if (!(epsilon > 0 && Double.isFinite(epsilon))) {
      throw Arguments.invalid(name, "epsilon", "above 0", epsilon);
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Axes.resolve(name, axes, inputs.get(0).rank());
    return inputs.get(0);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    Value factor =
        switch (order) {
          case 1 ->
              apply(
                  lowering,
                  ElementwiseFunction.RECIPROCAL,
                  least(lowering, sums(lowering, in), epsilon));
          case 2 -> euclidean(lowering, in);
          default -> ofPowers(lowering, in);
        };
    Binary op =
        new Binary(in.stored(), factor.stored(), BinaryFunction.MULTIPLY, Activation.LINEAR);
    return lowering.append(name, op, List.of(in, factor), List.of(), in.view());
  }

  private Value euclidean(Lowering lowering, Value in) {
    Value squares = apply(lowering, ElementwiseFunction.SQUARE, in);
    Value sum = Reduce.append(lowering, name, ReductionKind.SUM, squares, along(in, axes));
    Value bounded = least(lowering, sum, epsilon * epsilon);
    return apply(lowering, ElementwiseFunction.RECIPROCAL_SQUARE_ROOT, bounded);
  }

  /** Of two axes, the first is summed along and the largest sum along the second counts. */
  private Value sums(Lowering lowering, Value in) {
    Value sizes = apply(lowering, ElementwiseFunction.ABSOLUTE, in);
    IntTuple first = along(in, IntTuple.of(axes.get(0)));
    Value sum = Reduce.append(lowering, name, ReductionKind.SUM, sizes, first);
    if (axes.size() == 1) {
      return sum;
    }
    IntTuple second = along(in, IntTuple.of(axes.get(1)));
    return Reduce.append(lowering, name, ReductionKind.MAX, sum, second);
  }

  private Value ofPowers(Lowering lowering, Value in) {
    Value sizes = apply(lowering, ElementwiseFunction.ABSOLUTE, in);
    Value powers = power(lowering, sizes, order);
    Value sum = Reduce.append(lowering, name, ReductionKind.SUM, powers, along(in, axes));
    Value norm = power(lowering, sum, 1.0 / order);
    return apply(lowering, ElementwiseFunction.RECIPROCAL, least(lowering, norm, epsilon));
  }

  private IntTuple along(Value in, IntTuple axes) {
    return Axes.resolve(name, axes, in.shape().rank());
  }

  private Value least(Lowering lowering, Value in, double least) {
    return apply(lowering, new Elementwise.Clip(least, Double.POSITIVE_INFINITY), in);
  }

  private Value power(Lowering lowering, Value in, double exponent) {
    Constant number = Constant.of(Shape.of(), exponent);
    return new Arithmetic(name, BinaryFunction.POWER, null, number).append(lowering, List.of(in));
  }

  private Value apply(Lowering lowering, Elementwise function, Value in) {
    return lowering.append(name, new Eltwise(in.stored(), function), in, List.of(), in.view());
  }
}
