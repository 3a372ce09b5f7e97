package org.conv4j.onednn.frames;

import java.util.Arrays;
import java.util.Optional;
import org.conv4j.weights.Constant;

/** Weights as native code reads them, one after the other in rows of whole vectors. */
final class PackedWeights {
  private final int lanes;
  private float[] elements = new float[1024];
  private int size;

  PackedWeights(int lanes) {
    this.lanes = lanes;
  }

  /** All of them. */
  float[] toArray() {
    return Arrays.copyOf(elements, size);
  }

  int size() {
    return size;
  }

  private int begin(int more) {
    int begin = size;
    size = Math.addExact(size, more);
    if (size > elements.length) {
      elements = Arrays.copyOf(elements, Math.max(size, 2 * elements.length));
    }
    return begin;
  }

  /** Rows are filled up to whole vectors. */
  int rows(double[] numbers, int columns) {
    int stride = (columns + lanes - 1) / lanes * lanes;
    int rows = numbers.length / columns;
    int begin = begin(rows * stride);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        elements[begin + row * stride + column] = (float) numbers[row * columns + column];
      }
    }
    return begin;
  }

  /** The bias, and then the factors of all taps. */
  int factors(Constant factors, Optional<Constant> bias, int channels) {
    int begin = bias(bias, channels);
    rows(factors.elements(), channels);
    return begin;
  }

  private int bias(Optional<Constant> bias, int channels) {
    return rows(bias.map(Constant::elements).orElseGet(() -> new double[channels]), channels);
  }

  /** The bias, and then for each vector of filters a vector for each tap and channel. */
  int product(Constant kernel, Optional<Constant> bias, int filters) {
    int begin = bias(bias, filters);
    double[] numbers = kernel.elements();
    int inputs = numbers.length / filters;
    for (int first = 0; first < filters; first += lanes) {
      int count = Math.min(lanes, filters - first);
      int at = begin(inputs * lanes);
      for (int input = 0; input < inputs; input++) {
        for (int lane = 0; lane < count; lane++) {
          elements[at + input * lanes + lane] = (float) numbers[input * filters + first + lane];
        }
      }
    }
    return begin;
  }
}
