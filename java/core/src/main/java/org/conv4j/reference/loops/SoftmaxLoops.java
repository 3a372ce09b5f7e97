package org.conv4j.reference.loops;

import org.conv4j.op.Softmax;

/** The definition of {@link Softmax}, shifted by the maximum so that nothing overflows. */
final class SoftmaxLoops implements Loops {
  private final boolean log;
  private final int length;

  /** The distance between neighbours along the axis. */
  private final int stride;

  SoftmaxLoops(Softmax op) {
    this.log = op.log();
    this.length = op.input().intDim(op.axis());
    int inner = 1;
    for (int axis = op.axis() + 1; axis < op.input().rank(); axis++) {
      inner *= op.input().intDim(axis);
    }
    this.stride = inner;
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    double[] input = inputs[0];
    for (int block = 0; block < input.length; block += length * stride) {
      for (int first = block; first < block + stride; first++) {
        softmax(input, output, first);
      }
    }
  }

  private void softmax(double[] input, double[] output, int first) {
    int end = first + length * stride;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = first; i < end; i += stride) {
      max = Math.max(max, input[i]);
    }
    double sum = 0;
    for (int i = first; i < end; i += stride) {
      sum += Math.exp(input[i] - max);
    }
    for (int i = first; i < end; i += stride) {
      double shifted = input[i] - max;
      output[i] = log ? shifted - Math.log(sum) : Math.exp(shifted) / sum;
    }
  }
}
