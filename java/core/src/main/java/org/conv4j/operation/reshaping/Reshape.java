package org.conv4j.operation.reshaping;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Operation;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;

/**
 * The same elements in another shape, batch included.
 *
 * @param name the layer's name
 * @param dims the new extents, of which one may be -1: as many as there are elements left
 */
public record Reshape(String name, List<Long> dims) implements Operation {
  /**
   * Checks the extents.
   *
   * @param name see {@link #name}
   * @param dims see {@link #dims}
   */
  public Reshape {
    Objects.requireNonNull(name, "name");
    dims = List.copyOf(dims);
    boolean legal = dims.stream().allMatch(dim -> dim >= 1 || dim == -1);
    if (!legal || dims.stream().filter(dim -> dim == -1).count() > 1) {
      throw new InvalidLayerException(
          "Layer '%s': a shape needs extents of at least 1, of which one may be -1; given %s."
              .formatted(name, dims));
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    long known =
        Shape.of(dims.stream().mapToLong(dim -> Math.max(dim, 1)).toArray()).elementCount();
    long count = Extents.product(input, 0, input.rank());
    boolean fits = dims.contains(-1L) ? count % known == 0 : count == known;
    if (Extents.isKnown(count) && !fits) {
      throw new ShapeMismatchException(
          "Layer '%s': %s cannot be reshaped to %s, which has another number of elements."
              .formatted(name, input, dims));
    }
    long rest = Extents.isKnown(count) ? count / known : Shape.UNKNOWN;
    return Shape.open(dims.stream().mapToLong(dim -> dim == -1 ? rest : dim).toArray());
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    return lowering.reshape(name, in, resultShape(List.of(in.shape())));
  }
}
