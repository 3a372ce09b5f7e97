package org.conv4j.operation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/** Resolves axes that may count from the end. Stateless. */
public final class Axes {
  private Axes() {}

  /**
   * Resolves one axis.
   *
   * @param layer the layer's name, for the message
   * @param axis the axis, negative if it counts from the end
   * @param rank the number of dimensions
   * @return the axis counted from 0
   * @throws InvalidLayerException if there is no such axis
   */
  public static int resolve(String layer, int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new InvalidLayerException(
          "Layer '%s': axis must be from %d to %d; given %d."
              .formatted(layer, -rank, rank - 1, axis));
    }
    return Math.floorMod(axis, rank);
  }

  /**
   * Resolves several axes.
   *
   * @param layer the layer's name, for the message
   * @param axes the axes, negative ones counted from the end; null stands for all of them
   * @param rank the number of dimensions
   * @return the axes counted from 0, in ascending order
   * @throws InvalidLayerException if there is no such axis, or two are the same
   */
  public static IntTuple resolve(String layer, IntTuple axes, int rank) {
    if (axes == null) {
      return IntTuple.generate(rank, i -> i);
    }
    int[] resolved = IntStream.of(axes.toArray()).map(axis -> resolve(layer, axis, rank)).toArray();
    Arrays.sort(resolved);
    if (IntStream.of(resolved).distinct().count() != resolved.length) {
      throw new InvalidLayerException(
          "Layer '%s': the axes must differ; given %s.".formatted(layer, axes));
    }
    return IntTuple.of(resolved);
  }

  /**
   * Returns whether an axis is among others.
   *
   * @param axes the others
   * @param axis the axis
   * @return true if so
   */
  public static boolean contains(IntTuple axes, int axis) {
    return IntStream.of(axes.toArray()).anyMatch(other -> other == axis);
  }

  /**
   * Leaves out some of a shape's axes.
   *
   * @param shape the shape
   * @param axes the axes that go
   * @return the extents of the others
   */
  public static Shape without(Shape shape, IntTuple axes) {
    return Shape.open(
        IntStream.range(0, shape.rank())
            .filter(axis -> !contains(axes, axis))
            .mapToLong(shape::extent)
            .toArray());
  }
}
