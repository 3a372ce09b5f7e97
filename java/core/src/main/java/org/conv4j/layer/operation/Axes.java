package org.conv4j.layer.operation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/** Resolves axes that may count from the end. */
final class Axes {
  private Axes() {}

  /** An axis of a tensor of some rank. */
  static int resolve(String layer, int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new InvalidLayerException(
          "Layer '%s': axis must be from %d to %d; given %d."
              .formatted(layer, -rank, rank - 1, axis));
    }
    return Math.floorMod(axis, rank);
  }

  /** Different axes in ascending order; null stands for all of them. */
  static IntTuple resolve(String layer, IntTuple axes, int rank) {
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

  static boolean contains(IntTuple axes, int axis) {
    return IntStream.of(axes.toArray()).anyMatch(other -> other == axis);
  }

  /** A shape without some of its axes. */
  static Shape without(Shape shape, IntTuple axes) {
    return Shape.open(
        IntStream.range(0, shape.rank())
            .filter(axis -> !contains(axes, axis))
            .mapToLong(shape::extent)
            .toArray());
  }
}
