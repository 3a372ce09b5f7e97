package org.conv4j.portable.rows;

/**
 * The innermost loops on floats, each in a method of its own so that it is compiled on its own. The
 * build makes {@code DoubleLoops} of it, see the package.
 *
 * <p>The forms are those that HotSpot's C2 vectorises: one index for all arrays, everything that
 * does not change in a local variable, and not more than about three rows added to and three read;
 * with four it silently falls back to scalar code, a quarter of the speed (JDK 17).
 */
@SuppressWarnings("cast") // Those of doubles to double, there.
final class FloatLoops {
  private FloatLoops() {}

  static void add3x3(
      float[] c0,
      float[] c1,
      float[] c2,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] w,
      int at,
      int length) {
    float w00 = w[at];
    float w01 = w[at + 1];
    float w02 = w[at + 2];
    float w10 = w[at + 3];
    float w11 = w[at + 4];
    float w12 = w[at + 5];
    float w20 = w[at + 6];
    float w21 = w[at + 7];
    float w22 = w[at + 8];
    for (int i = 0; i < length; i++) {
      float x0 = b0[i];
      float x1 = b1[i];
      float x2 = b2[i];
      float sum0 = Math.fma(x2, w02, Math.fma(x1, w01, Math.fma(x0, w00, c0[i])));
      float sum1 = Math.fma(x2, w12, Math.fma(x1, w11, Math.fma(x0, w10, c1[i])));
      float sum2 = Math.fma(x2, w22, Math.fma(x1, w21, Math.fma(x0, w20, c2[i])));
      c0[i] = sum0;
      c1[i] = sum1;
      c2[i] = sum2;
    }
  }

  static void add2x3(
      float[] c0, float[] c1, float[] b0, float[] b1, float[] b2, float[] w, int at, int length) {
    float w00 = w[at];
    float w01 = w[at + 1];
    float w02 = w[at + 2];
    float w10 = w[at + 3];
    float w11 = w[at + 4];
    float w12 = w[at + 5];
    for (int i = 0; i < length; i++) {
      float x0 = b0[i];
      float x1 = b1[i];
      float x2 = b2[i];
      float sum0 = Math.fma(x2, w02, Math.fma(x1, w01, Math.fma(x0, w00, c0[i])));
      float sum1 = Math.fma(x2, w12, Math.fma(x1, w11, Math.fma(x0, w10, c1[i])));
      c0[i] = sum0;
      c1[i] = sum1;
    }
  }

  static void add1x3(
      float[] c0, float[] b0, float[] b1, float[] b2, float[] w, int at, int length) {
    float w0 = w[at];
    float w1 = w[at + 1];
    float w2 = w[at + 2];
    for (int i = 0; i < length; i++) {
      c0[i] = Math.fma(b2[i], w2, Math.fma(b1[i], w1, Math.fma(b0[i], w0, c0[i])));
    }
  }

  static void addElementProducts(
      float[] c,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] w0,
      float[] w1,
      float[] w2,
      int length) {
    for (int i = 0; i < length; i++) {
      c[i] = Math.fma(b2[i], w2[i], Math.fma(b1[i], w1[i], Math.fma(b0[i], w0[i], c[i])));
    }
  }

  static void interleave(
      float[] from, int length, float[] to, int firstDepth, int position, int rows) {
    for (int i = 0; i < length; i++) {
      int depth = firstDepth + i;
      to[(depth / Rows.DEPTH * rows + position) * Rows.DEPTH + depth % Rows.DEPTH] = from[i];
    }
  }

  /** Four neighbouring columns of a matrix to four rows. */
  static void split4(
      float[] from,
      int fromAt,
      int stride,
      float[] r0,
      float[] r1,
      float[] r2,
      float[] r3,
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
  static void split1(float[] from, int fromAt, int stride, float[] row, int at, int length) {
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
      float[] to,
      int toAt,
      int stride,
      float[] r0,
      float[] r1,
      float[] r2,
      float[] r3,
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
  static void join1(float[] to, int toAt, int stride, float[] row, int at, int length) {
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

  static void rectify(float[] row, int length, float slope, float max) {
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

  static void softmax(float[] row, int begin, int end, int stride, boolean log) {
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
      row[i] = (float) (log ? shifted - logSum : Math.exp(shifted) / sum);
    }
  }
}
