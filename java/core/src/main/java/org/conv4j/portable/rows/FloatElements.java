package org.conv4j.portable.rows;

import org.conv4j.function.BinaryFunction;

/**
 * Loops that take rows of floats element by element, each in a method of its own, see {@link
 * FloatLoops}. The build makes {@code DoubleElements} of it, see the package.
 */
@SuppressWarnings("cast") // Those of doubles to double, there.
final class FloatElements {
  /** How many sums a long row is added up to at first, in vectors. */
  private static final int LANES = 32;

  private FloatElements() {}

  static void combine(BinaryFunction function, float[] a, float[] b, int length) {
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

  private static void add(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] += b[i];
    }
  }

  private static void subtract(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] -= b[i];
    }
  }

  private static void multiply(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] *= b[i];
    }
  }

  private static void divide(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] /= b[i];
    }
  }

  private static void max(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.max(a[i], b[i]);
    }
  }

  private static void min(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.min(a[i], b[i]);
    }
  }

  private static void power(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = (float) Math.pow(a[i], b[i]);
    }
  }

  static void addMultiple(float[] a, float[] b, float multiple, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.fma(b[i], multiple, a[i]);
    }
  }

  static void addMultipleAt(float[] a, int aAt, float[] b, int bAt, float multiple, int length) {
    for (int i = 0; i < length; i++) {
      a[aAt + i] = Math.fma(b[bAt + i], multiple, a[aAt + i]);
    }
  }

  static void addSquares(float[] a, float[] b, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.fma(b[i], b[i], a[i]);
    }
  }

  static void multiplyAdd(float[] a, float[] factors, float[] terms, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = Math.fma(a[i], factors[i], terms[i]);
    }
  }

  static void replaceNaN(float[] a, float value, int length) {
    for (int i = 0; i < length; i++) {
      if (a[i] != a[i]) {
        a[i] = value;
      }
    }
  }

  static void scaleNegative(float[] a, float[] slopes, int length) {
    for (int i = 0; i < length; i++) {
      a[i] = a[i] >= 0 ? a[i] : slopes[i] * a[i];
    }
  }

  /** Folds the row onto its begin, which vectors can do, then takes one element after the other. */
  static double fold(BinaryFunction function, float[] row, int length) {
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

  private static void foldOnto(BinaryFunction function, float[] row, int from, int length) {
    switch (function) {
      case ADD -> {
        for (int i = 0; i < length; i++) {
          row[i] += row[from + i];
        }
      }
      default -> {
        for (int i = 0; i < length; i++) {
          row[i] = (float) function.apply(row[i], row[from + i]);
        }
      }
    }
  }
}
