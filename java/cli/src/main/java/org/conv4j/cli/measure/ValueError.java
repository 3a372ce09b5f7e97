package org.conv4j.cli.measure;

import org.conv4j.tensor.Tensor;

/**
 * How far a layer's output is from the right one.
 *
 * @param name the layer
 * @param shape the output's shape
 * @param absolute the largest difference; NaN if one is NaN and the other is not
 * @param relative the same, divided by the largest magnitude of the right output
 */
public record ValueError(String name, String shape, double absolute, double relative) {
  public static ValueError of(String name, Tensor actual, Tensor expected) {
    double[] given = actual.toDoubleArray();
    double[] right = expected.toDoubleArray();
    double error = 0;
    double magnitude = Double.MIN_NORMAL;
    for (int i = 0; i < right.length; i++) {
      if (Double.compare(given[i], right[i]) != 0) {
        // A NaN is never lost in a maximum.
        error = Math.max(error, Math.abs(given[i] - right[i]));
      }
      if (Double.isFinite(right[i])) {
        magnitude = Math.max(magnitude, Math.abs(right[i]));
      }
    }
    return new ValueError(name, expected.shape().toString(), error, error / magnitude);
  }
}
