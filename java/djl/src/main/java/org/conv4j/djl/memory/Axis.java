package org.conv4j.djl.memory;

/**
 * An axis of elements in row-major order: {@code outer} blocks of {@code length} times {@code
 * inner}.
 */
public record Axis(int outer, int length, int inner) {
  public static Axis of(int[] shape, int axis) {
    int outer = 1;
    int inner = 1;
    for (int i = 0; i < shape.length; i++) {
      outer *= i < axis ? shape[i] : 1;
      inner *= i > axis ? shape[i] : 1;
    }
    return new Axis(outer, shape[axis], inner);
  }

  /** Reduces a line of elements to one. */
  public interface Reduction {
    double of(double[] line);
  }

  /** Replaces a line of elements by as many or other elements. */
  public interface Change {
    double[] of(double[] line);
  }

  public double[] reduce(double[] values, Reduction reduction) {
    return change(values, 1, line -> new double[] {reduction.of(line)});
  }

  /** Changes every line along the axis to one of another length. */
  public double[] change(double[] values, int newLength, Change change) {
    double[] result = new double[outer * newLength * inner];
    double[] line = new double[length];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        for (int k = 0; k < length; k++) {
          line[k] = values[(o * length + k) * inner + i];
        }
        double[] changed = change.of(line);
        for (int k = 0; k < newLength; k++) {
          result[(o * newLength + k) * inner + i] = changed[k];
        }
      }
    }
    return result;
  }
}
