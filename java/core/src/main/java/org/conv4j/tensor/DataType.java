package org.conv4j.tensor;

import java.util.Locale;

/** The type of a tensor's elements. */
public enum DataType {
  /** IEEE 754 binary32, Java's {@code float}. */
  FLOAT32(Float.BYTES),
  /** IEEE 754 binary64, Java's {@code double}. */
  FLOAT64(Double.BYTES);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
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
    return this == FLOAT32 ? -Float.MAX_VALUE : -Double.MAX_VALUE;
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
