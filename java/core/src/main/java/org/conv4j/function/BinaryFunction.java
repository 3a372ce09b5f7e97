package org.conv4j.function;

/** What becomes of two elements. */
public enum BinaryFunction {
  /** {@code left + right}. */
  ADD,
  /** {@code left - right}. */
  SUBTRACT,
  /** {@code left * right}. */
  MULTIPLY,
  /** {@code left / right}. */
  DIVIDE,
  /** The larger one, or NaN if either is. */
  MAXIMUM,
  /** The smaller one, or NaN if either is. */
  MINIMUM,
  /** {@code left} to the power of {@code right}. */
  POWER;

  /**
   * Computes the function.
   *
   * @param left the first operand
   * @param right the second operand
   * @return the result
   */
  public double apply(double left, double right) {
    return switch (this) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MAXIMUM -> Math.max(left, right);
      case MINIMUM -> Math.min(left, right);
      case POWER -> Math.pow(left, right);
    };
  }
}
