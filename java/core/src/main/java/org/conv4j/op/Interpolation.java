package org.conv4j.op;

/**
 * Along one axis of a {@link Resize}, the inputs that each output is a weighted sum of. Immutable.
 *
 * <p>Where an axis keeps its extent every output is its own input, whatever the method.
 */
public final class Interpolation {
  /** Keys's parameter. Cubic Convolution Interpolation for Digital Image Processing (1981). */
  private static final double KEYS = -0.5;

  private final int taps;

  /** By output and tap. */
  private final int[] inputs;

  /** By output and tap. */
  private final double[] weights;

  private Interpolation(int outputs, int taps) {
    this.taps = taps;
    this.inputs = new int[outputs * taps];
    this.weights = new double[outputs * taps];
  }

  /**
   * Computes the weights of an axis.
   *
   * @param method how values between inputs are found
   * @param inputs the number of inputs, at least 1
   * @param outputs the number of outputs, at least 1
   * @return the weights
   */
  public static Interpolation of(Resize.Method method, int inputs, int outputs) {
    if (inputs == outputs || method == Resize.Method.NEAREST) {
      return nearest(inputs, outputs);
    }
    return method == Resize.Method.LINEAR ? linear(inputs, outputs) : cubic(inputs, outputs);
  }

  /** Computed in whole numbers, for half of a pixel may decide which one it is. */
  private static Interpolation nearest(int inputs, int outputs) {
    Interpolation result = new Interpolation(outputs, 1);
    for (int i = 0; i < outputs; i++) {
      result.set(i, 0, (int) ((2L * i + 1) * inputs / (2L * outputs)), 1);
    }
    return result;
  }

  private static Interpolation linear(int inputs, int outputs) {
    Interpolation result = new Interpolation(outputs, 2);
    for (int i = 0; i < outputs; i++) {
      double x = Math.max(0, Math.min(inputs - 1, place(i, inputs, outputs)));
      int below = (int) x;
      result.set(i, 0, below, 1 - (x - below));
      result.set(i, 1, Math.min(below + 1, inputs - 1), x - below);
    }
    return result;
  }

  private static Interpolation cubic(int inputs, int outputs) {
    Interpolation result = new Interpolation(outputs, 4);
    for (int i = 0; i < outputs; i++) {
      double x = place(i, inputs, outputs);
      int first = (int) Math.floor(x) - 1;
      double sum = 0;
      for (int tap = 0; tap < 4; tap++) {
        int input = first + tap;
        boolean inside = input >= 0 && input < inputs;
        double weight = inside ? keys(Math.abs(x - input)) : 0;
        result.set(i, tap, Math.max(0, Math.min(inputs - 1, input)), weight);
        sum += weight;
      }
      for (int tap = 0; tap < 4; tap++) {
        result.weights[i * 4 + tap] /= sum;
      }
    }
    return result;
  }

  private static double place(int output, int inputs, int outputs) {
    return (output + 0.5) * inputs / outputs - 0.5;
  }

  /** The weight of an input at a distance of less than 2. */
  private static double keys(double distance) {
    double t = distance;
    return t <= 1
        ? ((KEYS + 2) * t - (KEYS + 3)) * t * t + 1
        : ((KEYS * t - 5 * KEYS) * t + 8 * KEYS) * t - 4 * KEYS;
  }

  private void set(int output, int tap, int input, double weight) {
    inputs[output * taps + tap] = input;
    weights[output * taps + tap] = weight;
  }

  /**
   * Returns how many inputs each output is a sum of.
   *
   * @return 1, 2 or 4
   */
  public int taps() {
    return taps;
  }

  /**
   * Returns one of the inputs that an output is a sum of.
   *
   * @param output the output
   * @param tap which of its inputs
   * @return the input, always inside the axis; where its weight is 0 it does not matter
   */
  public int input(int output, int tap) {
    return inputs[output * taps + tap];
  }

  /**
   * Returns what one of the inputs is multiplied with.
   *
   * @param output the output
   * @param tap which of its inputs
   * @return the weight; those of an output sum to 1
   */
  public double weight(int output, int tap) {
    return weights[output * taps + tap];
  }
}
