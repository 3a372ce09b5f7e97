package org.conv4j.bench.run;

import org.conv4j.bench.record.Note;
import org.conv4j.error.Conv4jException;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.DataType;

/** Compares an output with the reference's. */
final class Verification {
  /**
   * The largest error relative to the largest output. Outputs are integers below 10^4, so that one
   * that is off by 1 is found, while a kernel that rounds between (Winograd) passes.
   */
  private static final double FLOAT32_BOUND = 1e-4;

  private static final double FLOAT64_BOUND = 1e-10;

  private Verification() {}

  /** An output is wrong: nothing about it may be timed. */
  static final class WrongOutputException extends Conv4jException {
    private static final long serialVersionUID = 1L;

    WrongOutputException(String message) {
      super(message);
    }
  }

  /** What became of a subject that failed. */
  static Note.Outcome outcomeOf(Throwable failure) {
    return failure instanceof WrongOutputException ? Note.Outcome.WRONG : Note.Outcome.UNSUPPORTED;
  }

  /**
   * Checks an output.
   *
   * @return the largest error, relative to the largest expected magnitude
   */
  static double check(BenchCase benchCase, DataType dataType, double[] actual) {
    double[] expected = ExpectedOutput.of(benchCase);
    double error = relativeError(actual, expected);
    double bound = dataType == DataType.FLOAT32 ? FLOAT32_BOUND : FLOAT64_BOUND;
    // Also true of NaN.
    if (!(error <= bound)) {
      throw new WrongOutputException(
          "The output of '%s' differs from the reference's: the relative error must be at most %.0e; it is %.3g."
              .formatted(benchCase.id(), bound, error));
    }
    return error;
  }

  static double relativeError(double[] actual, double[] expected) {
    double error = 0;
    double magnitude = Double.MIN_NORMAL;
    for (int i = 0; i < expected.length; i++) {
      // A NaN is never lost in a maximum.
      error = Math.max(error, Math.abs(actual[i] - expected[i]));
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
    }
    return error / magnitude;
  }
}
