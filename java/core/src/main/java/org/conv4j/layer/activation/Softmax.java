package org.conv4j.layer.activation;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Op;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Softmax: {@code exp(x) / sum(exp(x))} over one or several axes.
 *
 * @param name the layer's name
 * @param axes the axes that the sum runs over; negative values count from the end
 */
public record Softmax(String name, IntTuple axes) implements WeightlessLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   */
  public Softmax {
    Objects.requireNonNull(name, "name");
    if (axes.size() == 0) {
      throw Arguments.invalid(name, "axis", "at least one axis", axes);
    }
  }

  /**
   * Returns a layer.
   *
   * @param axes the axes that the sum runs over; none for Keras's default, the last one
   * @return the layer
   */
  public static Softmax of(int... axes) {
    return new Softmax("softmax", axes.length == 0 ? IntTuple.of(-1) : IntTuple.of(axes));
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Softmax name(String name) {
    return new Softmax(name, axes);
  }

  @Override
  public Shape outputShape(Shape input) {
    Arguments.axes(name, "axis", axes, input);
    return input;
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    IntTuple resolved = Arguments.axes(name, "axis", axes, input.shape());
    if (resolved.size() == 1) {
      return softmax(lowering, input, input.storedAxis(resolved.get(0)));
    }
    // Several axes become one behind the others.
    int rank = input.shape().rank();
    IntTuple order = behind(rank, resolved);
    Value moved = lowering.asSeen(name, lowering.permute(name, input, order));
    long count = 1;
    for (int i = 0; i < resolved.size(); i++) {
      count *= input.shape().dim(resolved.get(i));
    }
    Shape rows = Shape.of(input.shape().elementCount() / count, count);
    Value flat = softmax(lowering, lowering.reshape(name, moved, rows), 1);
    Value unflat = lowering.reshape(name, flat, moved.shape());
    return lowering.permute(name, unflat, inverse(order));
  }

  private Value softmax(Lowering lowering, Value in, int axis) {
    Op op = new org.conv4j.op.Softmax(in.stored(), axis, false);
    return lowering.append(name, op, in, List.of(), in.view());
  }

  private static IntTuple behind(int rank, IntTuple axes) {
    IntStream last = IntStream.of(axes.toArray());
    IntStream others =
        IntStream.range(0, rank)
            .filter(axis -> IntStream.of(axes.toArray()).noneMatch(moved -> moved == axis));
    return IntTuple.of(IntStream.concat(others, last).toArray());
  }

  private static IntTuple inverse(IntTuple order) {
    int[] places = new int[order.size()];
    for (int i = 0; i < places.length; i++) {
      places[order.get(i)] = i;
    }
    return IntTuple.of(places);
  }
}
