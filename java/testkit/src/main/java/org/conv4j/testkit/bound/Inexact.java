package org.conv4j.testkit.bound;

import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.tensor.DataType;

/**
 * A number and how far an engine's may be from it: not a number where it may have overflowed, after
 * which nothing is promised.
 *
 * @param value what is right
 * @param error the most that an engine's may be off
 */
record Inexact(double value, double error) {
  static final Inexact ZERO = new Inexact(0, 0);

  /** A function that goes up and down, as a cosine does, may be anything that is further away. */
  private static final double MOST_UNCERTAIN = 0.125;

  private static final double FORMULA_ROUNDINGS = 4;

  static Inexact exact(double value) {
    return new Inexact(value, 0);
  }

  /** The sum of two numbers, rounded once. */
  Inexact plus(Inexact other, DataType dataType) {
    return rounded(value + other.value, error + other.error, dataType);
  }

  /** The product of two numbers, rounded once. */
  Inexact times(Inexact other, DataType dataType) {
    double off =
        Math.abs(value) * other.error + Math.abs(other.value) * error + error * other.error;
    return rounded(value * other.value, off, dataType);
  }

  /** An activation of the number. */
  Inexact through(Elementwise function, DataType dataType) {
    boolean rises = function == Activation.LINEAR || function instanceof Elementwise.Relu;
    if (!rises && !(error <= MOST_UNCERTAIN)) {
      return new Inexact(function.apply(value), Double.NaN);
    }
    double off = ErrorBound.throughFunction(function, value, error, dataType);
    // What cancels in a function's formula is as large as its argument.
    double cancelled = FORMULA_ROUNDINGS * ErrorBound.roundoff(dataType) * Math.abs(value);
    return rounded(function.apply(value), off + (rises ? 0 : cancelled), dataType);
  }

  /** A number that was computed with an error, and is now rounded. */
  static Inexact rounded(double value, double error, DataType dataType) {
    double off = error + ErrorBound.roundoff(dataType) * (Math.abs(value) + error);
    double largest = dataType == DataType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    return new Inexact(value, Math.abs(value) + off <= largest ? off : Double.NaN);
  }
}
