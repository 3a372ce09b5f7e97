package org.conv4j.op;

import org.conv4j.function.ResizeCoordinates;

/**
 * Along one axis of a {@link Resize}, the inputs that each output is a weighted sum of. Immutable.
 *
 * <p>Where an axis keeps its extent every output is its own input, whatever the method.
 */
public final class ResizeWeights {
  /** Keys's parameter. Cubic Convolution Interpolation for Digital Image Processing (1981). */
  private static final double KEYS = -0.5;

  /** What TensorFlow takes where coordinates are not those of centres. */
  private static final double SHARPER_KEYS = -0.75;

  /** TensorFlow looks cubic weights up, at the nearest of so many places between two inputs. */
  private static final int PLACES = 1024;

  private final int taps;

  /** By output and tap. */
  private final int[] inputs;

  /** By output and tap; nothing if each output is one of the inputs. */
  private final double[] weights;

  private ResizeWeights(int outputs, int taps) {
    this.taps = taps;
    this.inputs = new int[outputs * taps];
    this.weights = new double[taps == 1 ? 0 : outputs * taps];
  }

  /**
   * Computes the weights of an axis of a resize.
   *
   * @param op the resize
   * @param inputs the number of inputs, at least 1
   * @param outputs the number of outputs, at least 1
   * @return the weights
   */
  public static ResizeWeights of(Resize op, int inputs, int outputs) {
    if (inputs == outputs) {
      return copy(inputs);
    }
    Axis axis = Axis.of(op.coordinates(), inputs, outputs);
    return switch (op.method()) {
      case NEAREST -> nearest(axis);
      case LINEAR -> linear(axis);
      case CUBIC -> cubic(axis, op.coordinates() == ResizeCoordinates.HALF_PIXEL);
    };
  }

  /**
   * Where outputs lie, computed in float as TensorFlow does (its {@code image_resizer_state.h}): a
   * rounding may decide which input is the nearest.
   */
  private record Axis(ResizeCoordinates coordinates, int inputs, int outputs, float scale) {
    static Axis of(ResizeCoordinates coordinates, int inputs, int outputs) {
      boolean corners = coordinates == ResizeCoordinates.ALIGN_CORNERS && outputs > 1;
      float scale = corners ? (inputs - 1) / (float) (outputs - 1) : inputs / (float) outputs;
      return new Axis(coordinates, inputs, outputs, scale);
    }

    float place(int output) {
      return coordinates == ResizeCoordinates.HALF_PIXEL
          ? (output + 0.5f) * scale - 0.5f
          : output * scale;
    }

    int nearest(int output) {
      double place =
          switch (coordinates) {
            case HALF_PIXEL -> Math.floor((output + 0.5f) * scale);
            case ASYMMETRIC -> Math.floor(output * scale);
            case ALIGN_CORNERS -> Math.floor((double) (output * scale) + 0.5);
          };
      return inside((int) place);
    }

    int inside(int input) {
      return Math.max(0, Math.min(inputs - 1, input));
    }
  }

  private static ResizeWeights copy(int extent) {
    ResizeWeights result = new ResizeWeights(extent, 1);
    for (int i = 0; i < extent; i++) {
      result.inputs[i] = i;
    }
    return result;
  }

  private static ResizeWeights nearest(Axis axis) {
    ResizeWeights result = new ResizeWeights(axis.outputs(), 1);
    for (int i = 0; i < axis.outputs(); i++) {
      result.inputs[i] = axis.nearest(i);
    }
    return result;
  }

  private static ResizeWeights linear(Axis axis) {
    ResizeWeights result = new ResizeWeights(axis.outputs(), 2);
    for (int i = 0; i < axis.outputs(); i++) {
      float x = Math.max(0, Math.min(axis.inputs() - 1, axis.place(i)));
      int below = (int) x;
      result.set(i, 0, below, 1 - (x - below));
      // Exactly on an input, TensorFlow reads that one only: its neighbour may be no number.
      result.set(i, 1, axis.inside(x > below ? below + 1 : below), x - below);
    }
    return result;
  }

  /**
   * As TensorFlow's {@code resize_bicubic_op.cc}.
   *
   * @param drops whether weights of inputs beyond the border are dropped and the others scaled;
   *     else the outermost inputs go on
   */
  private static ResizeWeights cubic(Axis axis, boolean drops) {
    double keys = drops ? KEYS : SHARPER_KEYS;
    ResizeWeights result = new ResizeWeights(axis.outputs(), 4);
    for (int i = 0; i < axis.outputs(); i++) {
      float x = axis.place(i);
      int below = (int) Math.floor(x);
      double fraction = Math.rint((x - below) * PLACES) / PLACES;
      double sum = 0;
      for (int tap = 0; tap < 4; tap++) {
        int input = below - 1 + tap;
        int inside = axis.inside(input);
        double weight = drops && inside != input ? 0 : keys(keys, Math.abs(fraction + 1 - tap));
        result.set(i, tap, inside, weight);
        sum += weight;
      }
      for (int tap = 0; tap < 4 && drops; tap++) {
        result.weights[i * 4 + tap] /= sum;
      }
    }
    return result;
  }

  /** The weight of an input at a distance of at most 2. */
  private static double keys(double a, double distance) {
    double t = distance;
    return t <= 1 ? ((a + 2) * t - (a + 3)) * t * t + 1 : ((a * t - 5 * a) * t + 8 * a) * t - 4 * a;
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
    return taps == 1 ? 1 : weights[output * taps + tap];
  }
}
