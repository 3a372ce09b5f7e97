package org.conv4j.testkit.bound;

import java.util.Arrays;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.Softmax;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Reductions;

/**
 * How far an engine may be from the exact result: the one place that says so.
 *
 * <p>A sum of n products, added in any order, is off by at most {@code n u} times the sum of their
 * magnitudes, where u is the unit roundoff. That sum is the layer itself, run on magnitudes. An
 * activation f then makes an error f(s + e) - f(s) of an error e of the sum s, about e times its
 * derivative: the reciprocal of a sum near zero magnifies it by 1/s^2, the exponential of a large
 * one by its own value, and where f overflows, or changes its sign at a pole, within e of the sum,
 * nothing is promised at all. To this it adds an error of its own, for engines approximate it. A
 * float32 sum that need not be exact may also be off by {@link CompileOptions#FAST_ERROR} times the
 * largest one.
 */
public final class ErrorBound {
  /** Roundings per output besides those of the sum: bias, input and result. */
  private static final int EXTRA_ROUNDINGS = 3;

  /** What an approximated function may be off by, in units of roundoff of {@code 1 + |value|}. */
  private static final double FUNCTION_ROUNDOFFS = 64;

  private ErrorBound() {}

  /**
   * Bounds the errors of a case.
   *
   * @param layerCase the case
   * @param data its input and weights
   * @param dataType the type that the engine computes in
   * @param options what the engine was asked for
   * @param reference the reference engine
   * @return a bound for each output, in row-major order
   */
  public static double[] of(
      LayerCase layerCase,
      CaseData data,
      DataType dataType,
      CompileOptions options,
      Engine reference) {
    double[] sumErrors = sumErrors(layerCase, data, dataType, reference);
    Activation activation = layerCase.layer().options().activation();
    double[] sums;
    LayerCase linear = layerCase.withActivation(Activation.LINEAR);
    try (CaseData same = data.map(linear, x -> x)) {
      sums = same.run(reference, DataType.FLOAT64);
    }
    if (dataType == DataType.FLOAT32 && !options.exact()) {
      double fastError = CompileOptions.FAST_ERROR * largestMagnitude(sums);
      Arrays.setAll(sumErrors, i -> sumErrors[i] + fastError);
    }
    if (activation instanceof Softmax softmax) {
      return softmaxErrors(softmax, sums, sumErrors, function(dataType));
    }
    Elementwise elementwise = (Elementwise) activation;
    double[] bounds = new double[sums.length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = throughFunction(elementwise, sums[i], sumErrors[i], dataType);
    }
    return bounds;
  }

  private static double[] sumErrors(
      LayerCase layerCase, CaseData data, DataType dataType, Engine reference) {
    long roundings = EXTRA_ROUNDINGS;
    for (long length : Reductions.lengths(data.model().lower(layerCase.input()))) {
      roundings += length;
    }
    LayerCase linear = layerCase.withActivation(Activation.LINEAR);
    double[] errors;
    try (CaseData magnitudes = data.map(linear, Math::abs)) {
      errors = magnitudes.run(reference, DataType.FLOAT64);
    }
    for (int i = 0; i < errors.length; i++) {
      errors[i] *= roundings * roundoff(dataType);
    }
    return errors;
  }

  /** Trying both ends of the interval also covers functions that jump within it. */
  static double throughFunction(
      Elementwise activation, double sum, double error, DataType dataType) {
    double value = activation.apply(sum);
    double below = Math.abs(activation.apply(sum - error) - value);
    double above = Math.abs(activation.apply(sum + error) - value);
    return Math.max(below, above) + ownError(activation, value, dataType);
  }

  /** A slope is rounded, and its product is. */
  private static double ownError(Elementwise activation, double value, DataType dataType) {
    double magnitude = Math.abs(value);
    if (activation instanceof Elementwise.Relu relu) {
      return relu.negativeSlope() == 0
          ? roundoff(dataType) * magnitude
          : 3 * roundoff(dataType) * (magnitude + relu.negativeSlope() * relu.threshold());
    }
    return activation == Activation.LINEAR
        ? roundoff(dataType) * magnitude
        : function(dataType) * (1 + magnitude);
  }

  /** The logarithm moves by at most twice the largest movement of an argument. */
  private static double[] softmaxErrors(
      Softmax softmax, double[] sums, double[] sumErrors, double function) {
    double largestError = largestMagnitude(sumErrors);
    double largestSum = largestMagnitude(sums);
    double[] bounds = new double[sums.length];
    Arrays.fill(bounds, 2 * largestError + function * (1 + (softmax.log() ? largestSum : 0)));
    return bounds;
  }

  private static double largestMagnitude(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  /** What an approximated function may be off by, as a part of {@code 1 + |value|}. */
  static double function(DataType dataType) {
    return FUNCTION_ROUNDOFFS * roundoff(dataType);
  }

  static double roundoff(DataType dataType) {
    return dataType == DataType.FLOAT32 ? 0x1p-24 : 0x1p-53;
  }
}
