package org.conv4j.tensor;

import java.util.Locale;
import org.conv4j.tensor.internal.ElementAccess;

/**
 * The type of a tensor's elements. A constant says how its elements are kept in memory; which types
 * an engine computes with, the engine says.
 */
public enum DataType {
  /** IEEE 754 binary32, Java's {@code float}. */
  FLOAT32(Float.BYTES, -Float.MAX_VALUE, ElementAccess.FLOATS),
  /** IEEE 754 binary64, Java's {@code double}. */
  FLOAT64(Double.BYTES, -Double.MAX_VALUE, ElementAccess.DOUBLES);

  private final int bytes;
  private final double lowest;
  private final ElementAccess access;

  DataType(int bytes, double lowest, ElementAccess access) {
    this.bytes = bytes;
    this.lowest = lowest;
    this.access = access;
  }

  /** How the elements are kept. */
  ElementAccess access() {
    return access;
  }

  /**
   * Returns the size of one element.
   *
   * @return bytes
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns the lowest finite number.
   *
   * @return a negative number
   */
  public double lowest() {
    return lowest;
  }

  /**
   * Returns Keras's and NumPy's spelling.
   *
   * @return the lower-case name
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
