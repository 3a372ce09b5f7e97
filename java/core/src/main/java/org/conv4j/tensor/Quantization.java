package org.conv4j.tensor;

import java.util.List;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Which numbers a value's elements stand for: {@code (element - zeroPoint) * scale}.
 *
 * @param scales one for all elements, or one for each place of an axis; finite and above 0
 * @param zeroPoints as many as scales
 * @param axis the axis; 0 if there is one scale
 */
public record Quantization(List<Double> scales, IntTuple zeroPoints, int axis) {
  /**
   * Copies the scales and checks them.
   *
   * @param scales see {@link #scales}
   * @param zeroPoints see {@link #zeroPoints}
   * @param axis see {@link #axis}
   * @throws InvalidArgumentException if something is missing or illegal
   */
  public Quantization {
    InvalidArgumentException.requirePresent(scales, "The scales of a quantization");
    InvalidArgumentException.requirePresent(zeroPoints, "The zero points of a quantization");
    for (Double scale : scales) {
      if (scale == null || !(scale > 0) || scale.isInfinite()) {
        throw new InvalidArgumentException(
            "The scales of a quantization must be finite and above 0; given " + scale + ".");
      }
    }
    scales = List.copyOf(scales);
    if (scales.isEmpty() || scales.size() != zeroPoints.size()) {
      throw new InvalidArgumentException(
          "A quantization needs as many zero points as scales, at least 1; given %d and %d."
              .formatted(zeroPoints.size(), scales.size()));
    }
    if (axis < 0 || (axis > 0 && scales.size() == 1)) {
      throw new InvalidArgumentException(
          "The axis of a quantization must be at least 0, and 0 for one scale; given "
              + axis
              + ".");
    }
  }

  /**
   * Describes elements that have a scale and a zero point in common.
   *
   * @param scale see {@link #scales}
   * @param zeroPoint see {@link #zeroPoints}
   * @return the quantization
   */
  public static Quantization of(double scale, int zeroPoint) {
    return new Quantization(List.of(scale), IntTuple.of(zeroPoint), 0);
  }

  void requireFits(Shape shape) {
    if (scales.size() > 1 && (axis >= shape.rank() || shape.dim(axis) != scales.size())) {
      throw new ShapeMismatchException(
          "A value of shape %s cannot have %d scales on axis %d."
              .formatted(shape, scales.size(), axis));
    }
  }
}
