package org.conv4j.bench.run;

import org.conv4j.shape.Shape;

/** Moves the channels of a tensor before or after its spatial dimensions. */
final class ChannelOrder {
  private ChannelOrder() {}

  /**
   * From {@code (batch, n..., channels)}, which the shape is, to {@code (batch, channels, n...)}.
   */
  static float[] channelsFirst(Shape shape, float[] values) {
    int channels = shape.intDim(-1);
    return transposed(values, values.length / shape.intDim(0) / channels, channels);
  }

  /** The reverse; the shape is the one of the result. */
  static float[] channelsLast(Shape shape, float[] values) {
    int channels = shape.intDim(-1);
    return transposed(values, channels, values.length / shape.intDim(0) / channels);
  }

  /** Transposes every matrix of a batch. */
  private static float[] transposed(float[] values, int rows, int columns) {
    float[] result = new float[values.length];
    int matrix = rows * columns;
    for (int i = 0; i < values.length; i++) {
      int start = i / matrix * matrix;
      int row = (i - start) / columns;
      int column = (i - start) % columns;
      result[start + column * rows + row] = values[i];
    }
    return result;
  }
}
