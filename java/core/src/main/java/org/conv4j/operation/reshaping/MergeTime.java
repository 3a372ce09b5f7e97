package org.conv4j.operation.reshaping;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Operation;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;

/**
 * Makes the steps of all sequences one batch, {@code (batch, time, ...)} to {@code (batch * time,
 * ...)}: what a model inside TimeDistributed is given.
 *
 * @param name the layer's name
 */
public record MergeTime(String name) implements Operation {
  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   */
  public MergeTime {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (input.rank() < 3) {
      throw new ShapeMismatchException(
          "Layer '%s' needs an input of at least 3 dimensions; given %s.".formatted(name, input));
    }
    long[] dims = Arrays.copyOfRange(input.extents(), 1, input.rank());
    dims[0] = Extents.product(input, 0, 2);
    return Shape.open(dims);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    return lowering.reshape(name, in, resultShape(List.of(in.shape())));
  }
}
