package org.conv4j.portable.rows;

/**
 * The innermost loops on doubles, each in a method of its own so that it is compiled on its own.
 * {@link FloatLoops} is its twin, line by line.
 *
 * <p>The forms are those that HotSpot's C2 vectorises: one index for all arrays, everything that
 * does not change in a local variable, and not more than about three rows added to and three read;
 * with four it silently falls back to scalar code, a quarter of the speed (JDK 17).
 */
final class DoubleLoops {
  private DoubleLoops() {}

  static void add3x3(
      double[] c0,
      double[] c1,
      double[] c2,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] w,
      int at,
      int length) {
    double w00 = w[at];
    double w01 = w[at + 1];
    double w02 = w[at + 2];
    double w10 = w[at + 3];
    double w11 = w[at + 4];
    double w12 = w[at + 5];
    double w20 = w[at + 6];
    double w21 = w[at + 7];
    double w22 = w[at + 8];
    for (int i = 0; i < length; i++) {
      double x0 = b0[i];
      double x1 = b1[i];
      double x2 = b2[i];
      double sum0 = Math.fma(x2, w02, Math.fma(x1, w01, Math.fma(x0, w00, c0[i])));
      double sum1 = Math.fma(x2, w12, Math.fma(x1, w11, Math.fma(x0, w10, c1[i])));
      double sum2 = Math.fma(x2, w22, Math.fma(x1, w21, Math.fma(x0, w20, c2[i])));
      c0[i] = sum0;
      c1[i] = sum1;
      c2[i] = sum2;
    }
  }

  static void add2x3(
      double[] c0,
      double[] c1,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] w,
      int at,
      int length) {
    double w00 = w[at];
    double w01 = w[at + 1];
    double w02 = w[at + 2];
    double w10 = w[at + 3];
    double w11 = w[at + 4];
    double w12 = w[at + 5];
    for (int i = 0; i < length; i++) {
      double x0 = b0[i];
      double x1 = b1[i];
      double x2 = b2[i];
      double sum0 = Math.fma(x2, w02, Math.fma(x1, w01, Math.fma(x0, w00, c0[i])));
      double sum1 = Math.fma(x2, w12, Math.fma(x1, w11, Math.fma(x0, w10, c1[i])));
      c0[i] = sum0;
      c1[i] = sum1;
    }
  }

  static void add1x3(
      double[] c0, double[] b0, double[] b1, double[] b2, double[] w, int at, int length) {
    double w0 = w[at];
    double w1 = w[at + 1];
    double w2 = w[at + 2];
    for (int i = 0; i < length; i++) {
      c0[i] = Math.fma(b2[i], w2, Math.fma(b1[i], w1, Math.fma(b0[i], w0, c0[i])));
    }
  }

  static void addElementProducts(
      double[] c,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] w0,
      double[] w1,
      double[] w2,
      int length) {
    for (int i = 0; i < length; i++) {
      c[i] = Math.fma(b2[i], w2[i], Math.fma(b1[i], w1[i], Math.fma(b0[i], w0[i], c[i])));
    }
  }

  static void interleave(
      double[] from, int length, double[] to, int firstDepth, int position, int rows) {
    for (int i = 0; i < length; i++) {
      int depth = firstDepth + i;
      to[(depth / Rows.DEPTH * rows + position) * Rows.DEPTH + depth % Rows.DEPTH] = from[i];
    }
  }

  /** Four neighbouring columns of a matrix to four rows. */
  static void split4(
      double[] from,
      int fromAt,
      int stride,
      double[] r0,
      double[] r1,
      double[] r2,
      double[] r3,
      int at,
      int length) {
    int j = fromAt;
    for (int i = at; i < at + length; i++) {
      r0[i] = from[j];
      r1[i] = from[j + 1];
      r2[i] = from[j + 2];
      r3[i] = from[j + 3];
      j += stride;
    }
  }

  /** A column of a matrix to a row. */
  static void split1(double[] from, int fromAt, int stride, double[] row, int at, int length) {
    if (stride == 1) {
      System.arraycopy(from, fromAt, row, at, length);
      return;
    }
    int j = fromAt;
    for (int i = at; i < at + length; i++) {
      row[i] = from[j];
      j += stride;
    }
  }

  /** Four rows to neighbouring columns of a matrix. */
  static void join4(
      double[] to,
      int toAt,
      int stride,
      double[] r0,
      double[] r1,
      double[] r2,
      double[] r3,
      int at,
      int length) {
    int j = toAt;
    for (int i = at; i < at + length; i++) {
      to[j] = r0[i];
      to[j + 1] = r1[i];
      to[j + 2] = r2[i];
      to[j + 3] = r3[i];
      j += stride;
    }
  }

  /** A row to a column of a matrix. */
  static void join1(double[] to, int toAt, int stride, double[] row, int at, int length) {
    if (stride == 1) {
      System.arraycopy(row, at, to, toAt, length);
      return;
    }
    int j = toAt;
    for (int i = at; i < at + length; i++) {
      to[j] = row[i];
      j += stride;
    }
  }

  static void rectify(double[] row, int length, double slope, double max) {
    if (slope == 0) {
      for (int i = 0; i < length; i++) {
        row[i] = Math.min(Math.max(row[i], 0), max);
      }
    } else {
      for (int i = 0; i < length; i++) {
        row[i] = Math.min(Math.max(row[i], 0), max) + slope * Math.min(row[i], 0);
      }
    }
  }

  static void softmax(double[] row, int begin, int end, int stride, boolean log) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = begin; i < end; i += stride) {
      max = Math.max(max, row[i]);
    }
    double sum = 0;
    for (int i = begin; i < end; i += stride) {
      sum += Math.exp(row[i] - max);
    }
    double logSum = log ? Math.log(sum) : 0;
    for (int i = begin; i < end; i += stride) {
      double shifted = row[i] - max;
      row[i] = (log ? shifted - logSum : Math.exp(shifted) / sum);
    }
  }
}
