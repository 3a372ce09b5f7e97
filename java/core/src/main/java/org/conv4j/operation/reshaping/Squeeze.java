package org.conv4j.operation.reshaping;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Axes;
import org.conv4j.operation.Operation;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Drops axes of extent 1.
 *
 * @param name the layer's name
 * @param axes which ones, negative ones counted from the end; null for all that have extent 1,
 *     other than the batch
 */
public record Squeeze(String name, IntTuple axes) implements Operation {
  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   */
  public Squeeze {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    IntTuple dropped = axes == null ? single(input) : Axes.resolve(name, axes, input.rank());
    for (int i = 0; i < dropped.size(); i++) {
      if (Extents.differ(input.extent(dropped.get(i)), 1)) {
        throw new ShapeMismatchException(
            "Layer '%s': axis %d of %s has an extent other than 1."
                .formatted(name, dropped.get(i), input));
      }
    }
    return Axes.without(input, dropped);
  }

  /** A batch of one stays: what the model returns must not depend on how much it is given. */
  private static IntTuple single(Shape input) {
    return IntTuple.of(
        IntStream.range(1, input.rank()).filter(axis -> input.extent(axis) == 1).toArray());
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    return lowering.reshape(name, in, resultShape(List.of(in.shape())));
  }
}
