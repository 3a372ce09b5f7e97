package org.conv4j.testkit.bound;

import java.util.Arrays;
import org.conv4j.op.Normalization;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.OpCase;

/** The error that a normalization may have, which depends on how its sets' numbers lie. */
final class NormalizationErrors {
  private final Normalization op;
  private final double roundoff;
  private final double[] input;
  private final int sets;
  private final int setSize;
  private final double[] means;
  private final double[] meanMagnitudes;
  private final double[] meanSquares;

  private NormalizationErrors(OpCase opCase, Normalization op, double roundoff) {
    this.op = op;
    this.roundoff = roundoff;
    input = opCase.inputs().get(0);
    sets = (int) op.sets().elementCount();
    setSize = input.length / sets;
    means = new double[sets];
    meanMagnitudes = new double[sets];
    meanSquares = new double[sets];
    for (int i = 0; i < input.length; i++) {
      int set = place(i, op.sets());
      means[set] += input[i] / setSize;
      meanMagnitudes[set] += Math.abs(input[i]) / setSize;
      meanSquares[set] += input[i] * input[i] / setSize;
    }
  }

  /** The bounds for the outputs of a case, in row-major order; none where squares overflow. */
  static double[] of(OpCase opCase, Normalization op, DataType dataType) {
    NormalizationErrors errors = new NormalizationErrors(opCase, op, ErrorBound.roundoff(dataType));
    double largest = dataType == DataType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    for (int set = 0; set < errors.sets; set++) {
      if (!(errors.meanSquares[set] * errors.setSize <= largest)) {
        errors.meanSquares[set] = Double.NaN;
      }
    }
    double[] bounds = new double[errors.input.length];
    Arrays.setAll(bounds, i -> errors.bound(opCase, i));
    return bounds;
  }

  private double bound(OpCase opCase, int i) {
    int set = place(i, op.sets());
    boolean centred = op.kind() == Normalization.Kind.STANDARD;
    double roundings = (setSize + 8) * roundoff;
    double distance = Math.abs(input[i] - (centred ? means[set] : 0));
    double distanceError = roundings * (centred ? meanMagnitudes[set] + distance : distance);
    double square = meanSquares[set] - (centred ? means[set] * means[set] : 0);
    double squareError = 4 * roundings * meanSquares[set];
    double floor = op.epsilon();
    if (op.kind() == Normalization.Kind.EUCLIDEAN) {
      square *= setSize;
      squareError *= setSize;
      floor = Math.max(0, floor);
      floor *= floor;
    }
    double size =
        op.kind() == Normalization.Kind.EUCLIDEAN
            ? Math.sqrt(Math.max(square, floor))
            : Math.sqrt(Math.max(0, square) + floor);
    double smallest = Math.sqrt(Math.max(Math.max(0, square - squareError), floor));
    double sizeError = Math.min(squareError / smallest, Math.sqrt(squareError));
    double error = (distanceError + distance / size * sizeError) / smallest;
    double scale = op.scale() ? opCase.constants().get(0)[place(i, op.parameters())] : 1;
    double shift =
        op.shift() ? opCase.constants().get(op.scale() ? 1 : 0)[place(i, op.parameters())] : 0;
    double value = distance / size * scale;
    return Math.abs(scale) * error + 4 * roundoff * (Math.abs(value) + Math.abs(shift));
  }

  /** Where an element of the input finds its own in a tensor that is shared along some axes. */
  private int place(int element, Shape shared) {
    int rest = element;
    int stride = 1;
    int place = 0;
    for (int axis = shared.rank() - 1; axis >= 0; axis--) {
      int extent = op.input().intDim(axis);
      if (shared.dim(axis) > 1) {
        place += rest % extent * stride;
        stride *= extent;
      }
      rest /= extent;
    }
    return place;
  }
}
