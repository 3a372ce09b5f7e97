package org.conv4j.tensor;

import java.util.Optional;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;

/**
 * What is known of a value before there are elements.
 *
 * @param dataType the type of its elements
 * @param shape its shape
 * @param quantization which numbers the elements stand for; empty if they are the numbers
 */
public record ValueType(DataType dataType, Shape shape, Optional<Quantization> quantization) {
  /**
   * Checks that the quantization fits the shape.
   *
   * @param dataType see {@link #dataType}
   * @param shape see {@link #shape}
   * @param quantization see {@link #quantization}
   * @throws InvalidArgumentException if something is missing
   * @throws ShapeMismatchException if there is not one scale for each place of the quantization's
   *     axis
   */
  public ValueType {
    InvalidArgumentException.requirePresent(dataType, "The data type of a value");
    InvalidArgumentException.requirePresent(shape, "The shape of a value");
    InvalidArgumentException.requirePresent(quantization, "The quantization of a value");
    if (quantization.isPresent()) {
      quantization.get().requireFits(shape);
    }
  }

  /**
   * Describes a value whose elements are the numbers.
   *
   * @param dataType see {@link #dataType}
   * @param shape see {@link #shape}
   * @return its type
   */
  public static ValueType of(DataType dataType, Shape shape) {
    return new ValueType(dataType, shape, Optional.empty());
  }

  /**
   * Sets the data type.
   *
   * @param other see {@link #dataType}
   * @return a changed copy, or this if nothing changes
   */
  public ValueType withDataType(DataType other) {
    return other == dataType ? this : new ValueType(other, shape, quantization);
  }

  /**
   * Sets the shape.
   *
   * @param other see {@link #shape}
   * @return a changed copy, or this if nothing changes
   * @throws ShapeMismatchException if the quantization does not fit it
   */
  public ValueType withShape(Shape other) {
    return other.equals(shape) ? this : new ValueType(dataType, other, quantization);
  }

  @Override
  public String toString() {
    return dataType.toString()
        + shape
        + quantization.map(quantized -> " quantized by " + quantized).orElse("");
  }
}
