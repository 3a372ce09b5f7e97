package org.conv4j.lowering;

import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.tensor.ValueType;
import org.conv4j.weights.Constant;

/**
 * A value of a program that is the same in every run.
 *
 * @param constant its elements, which are converted to the data type when a plan is compiled
 * @param type what steps read
 */
public record ConstantValue(Constant constant, ValueType type) {
  /**
   * Checks that the shapes are the same.
   *
   * @param constant see {@link #constant}
   * @param type see {@link #type}
   * @throws InvalidLayerException if something is missing
   * @throws ShapeMismatchException if the constant has another shape than the type
   */
  public ConstantValue {
    InvalidLayerException.requirePresent(constant, "A constant of a program");
    InvalidLayerException.requirePresent(type, "The type of a constant");
    if (!constant.shape().equals(type.shape())) {
      throw new ShapeMismatchException(
          "A constant of shape %s cannot be a value of type %s.".formatted(constant.shape(), type));
    }
  }

  /**
   * Sets the type.
   *
   * @param other see {@link #type}
   * @return a changed copy
   */
  public ConstantValue withType(ValueType other) {
    return new ConstantValue(constant, other);
  }
}
