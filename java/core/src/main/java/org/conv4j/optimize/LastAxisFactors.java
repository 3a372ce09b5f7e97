package org.conv4j.optimize;

import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.weights.Constant;

/**
 * A factor for each index of the last axis. Nearly all weights of a network are multiplied so,
 * while the JVM is still warming up: therefore whole rows, without a division or a call for each
 * number.
 *
 * @param extent the axis's extent
 */
record LastAxisFactors(int extent) implements Constant.Factors {
  @Override
  public int of(int position) {
    return position % extent;
  }

  @Override
  public void scale(int begin, double[] numbers, int count, double[] factors) {
    int next = begin % extent;
    for (int at = 0; at < count; next = 0) {
      int end = Math.min(at + extent - next, count);
      for (; at < end; at++, next++) {
        numbers[at] *= factors[next];
      }
    }
  }

  @Override
  public void scale(Tensor tensor, double[] factors) {
    if (tensor.dataType() != DataType.FLOAT32) {
      Constant.Factors.super.scale(tensor, factors);
      return;
    }
    int size = Math.toIntExact(tensor.shape().elementCount());
    float[] rows = new float[Math.max(1, Constant.CHUNK / extent) * extent];
    for (int begin = 0; begin < size; begin += rows.length) {
      int count = Math.min(rows.length, size - begin);
      HeldElements.read(tensor, begin, rows, 0, count);
      for (int row = 0; row < count; row += extent) {
        scaleRow(rows, row, factors);
      }
      HeldElements.write(tensor, begin, rows, 0, count);
    }
  }

  private void scaleRow(float[] rows, int row, double[] factors) {
    for (int i = 0; i < extent; i++) {
      rows[row + i] = (float) (rows[row + i] * factors[i]);
    }
  }
}
