package org.conv4j.operation.reshaping;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Permute;
import org.conv4j.operation.Axes;
import org.conv4j.operation.Operation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * The dimensions in another order, batch included.
 *
 * @param name the layer's name
 * @param axes for each dimension of the result, the dimension it comes from, negative ones counted
 *     from the end; null to reverse them
 */
public record Transpose(String name, IntTuple axes) implements Operation {
  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param axes see {@link #axes}
   */
  public Transpose {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    return inputs.get(0).permute(order(inputs.get(0)));
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = lowering.asSeen(name, inputs.get(0));
    Permute op = new Permute(in.shape(), order(in.shape()));
    return lowering.append(name, op, in, List.of(), DataFormat.CHANNELS_LAST);
  }

  private IntTuple order(Shape input) {
    int rank = input.rank();
    if (axes == null) {
      return IntTuple.generate(rank, i -> rank - 1 - i);
    }
    if (Axes.resolve(name, axes, rank).size() != rank) {
      throw new ShapeMismatchException(
          "Layer '%s': the axes %s do not name every dimension of %s exactly once."
              .formatted(name, axes, input));
    }
    return IntTuple.generate(rank, i -> Axes.resolve(name, axes.get(i), rank));
  }
}
