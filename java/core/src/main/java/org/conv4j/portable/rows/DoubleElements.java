package org.conv4j.portable.rows;

import org.conv4j.function.BinaryFunction;

/**
 * Loops that take rows of doubles element by element, each in a method of its own, see {@link
 * DoubleLoops}. {@link FloatElements} is its twin, line by line.
 */
final class DoubleElements {
  /** How many sums a long row is added up to at first, in vectors. */
  private static final int LANES = 32;

  private DoubleElements() {}

  static void combine(BinaryFunction function, double[] a, double[] b, int length) {
    switch (function) {
      case ADD -> add(a, b, length);
      case SUBTRACT -> subtract(a, b, length);
      case MULTIPLY -> multiply(a, b, length);
      case DIVIDE -> divide(a, b, length);
      case MAXIMUM -> max(a, b, length);
      case MINIMUM -> min(a, b, length);
      case POWER -> power(a, b, length);
    }
  }

  private static void add(double[] a, double[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] += b[i];
    }
  }

  private static void subtract(double[] a, double[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] -= b[i];
    }
  }

  private static void multiply(double[] a, double[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] *= b[i];
    }
  }

  private static void divide(double[] a, double[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] /= b[i];
    }
  }

  private static void max(double[] a, double[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.max(a[i], b[i]);
    }
  }

  private static void min(double[] a, double[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.min(a[i], b[i]);
    }
  }

  private static void power(double[] a, double[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.pow(a[i], b[i]);
    }
  }

  static void addMultiple(double[] a, double[] b, double multiple, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.fma(b[i], multiple, a[i]);
    }
  }

  static void addMultipleAt(double[] a, int aAt, double[] b, int bAt, double multiple, int length) {
    for (int i = 0; i < length; i++) {
      a[aAt + i] = Math.fma(b[bAt + i], multiple, a[aAt + i]);
    }
  }

  static void addSquares(double[] a, double[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.fma(b[i], b[i], a[i]);
    }
  }

  static void multiplyAdd(double[] a, double[] factors, double[] terms, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.fma(a[i], factors[i], terms[i]);
    }
  }

  static void replaceNaN(double[] a, double value, int length) {
    for (int i = 0; i < length; i++) {
      if (a[i] != a[i]) {
        a[i] = value;
      }
    }
  }

  static void scaleNegative(double[] a, double[] slopes, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = a[i] >= 0 ? a[i] : slopes[i] * a[i];
    }
  }

  /** Folds the row onto its begin, which vectors can do, then takes one element after the other. */
  static double fold(BinaryFunction function, double[] row, int length) {
    int left = length;
    while (left > LANES) {
      int half = left / 2;
      foldOnto(function, row, left - half, half);
      left -= half;
    }
    double result = row[0];
    for (int i = 1; i < left; i++) {
      result = function.apply(result, row[i]);
    }
    return result;
  }

  private static void foldOnto(BinaryFunction function, double[] row, int from, int length) {
    switch (function) {
      case ADD -> {
        for (int i = 0; i < length; i++) {
          row[i] += row[from + i];
        }
      }
      default -> {
        for (int i = 0; i < length; i++) {
          row[i] = function.apply(row[i], row[from + i]);
        }
      }
    }
  }
}
