package org.conv4j.djl.memory;

/**
 * Weighted means of neighbours along an axis, in float32. The weights are those of all lines.
 *
 * @param begins by result, the first element that it is a mean of
 * @param weights by result, the weight of that element and of those behind it
 */
public record Means(int[] begins, float[][] weights) {
  private static final int COLOURS = 3;

  /**
   * Weighs the neighbours of each result by a triangle that is as wide as the distance of two
   * results, at least of two elements: what PyTorch and Pillow call bilinear with antialiasing.
   */
  public static Means triangular(int length, int newLength) {
    int[] begins = new int[newLength];
    float[][] weights = new float[newLength][];
    float scale = (float) length / newLength;
    float width = Math.max(scale, 1);
    for (int i = 0; i < newLength; i++) {
      float center = (i + 0.5f) * scale;
      int begin = Math.max((int) (center - width + 0.5f), 0);
      int end = Math.min((int) (center + width + 0.5f), length);
      float[] some = new float[end - begin];
      float total = 0;
      for (int k = 0; k < some.length; k++) {
        some[k] = Math.max(0, 1 - Math.abs((begin + k - center + 0.5f) / width));
        total += some[k];
      }
      for (int k = 0; k < some.length; k++) {
        some[k] /= total;
      }
      begins[i] = begin;
      weights[i] = some;
    }
    return new Means(begins, weights);
  }

  /** Replaces every line along the axis by its means. */
  public float[] of(Axis axis, float[] values) {
    int inner = axis.inner();
    float[] result = new float[axis.outer() * begins.length * inner];
    for (int o = 0; o < axis.outer(); o++) {
      int line = o * axis.length() * inner;
      for (int i = 0; i < begins.length; i++) {
        int to = (o * begins.length + i) * inner;
        int from = line + begins[i] * inner;
        if (inner == COLOURS) {
          addColours(weights[i], values, from, result, to);
        } else {
          addRows(weights[i], values, from, result, to, inner);
        }
      }
    }
    return result;
  }

  /** Three sums in registers, none of which waits for another; a loop over them is slow. */
  private static void addColours(
      float[] weights, float[] values, int from, float[] result, int to) {
    float red = 0;
    float green = 0;
    float blue = 0;
    int pixel = from;
    for (float weight : weights) {
      red += weight * values[pixel];
      green += weight * values[pixel + 1];
      blue += weight * values[pixel + 2];
      pixel += COLOURS;
    }
    result[to] = red;
    result[to + 1] = green;
    result[to + 2] = blue;
  }

  /** All sums of a row at once, which takes vectors. */
  private static void addRows(
      float[] weights, float[] values, int from, float[] result, int to, int inner) {
    int row = from;
    for (float weight : weights) {
      for (int j = 0; j < inner; j++) {
        result[to + j] += weight * values[row + j];
      }
      row += inner;
    }
  }
}
