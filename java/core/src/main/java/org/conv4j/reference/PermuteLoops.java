package org.conv4j.reference;

import org.conv4j.op.Permute;
import org.conv4j.shape.Shape;

/** The definition of {@link Permute}: {@code out[j] = in[i]} where {@code j[a] = i[axes[a]]}. */
final class PermuteLoops implements Loops {
  private final Shape out;

  /** For each output dimension, how far a step along it moves in the input. */
  private final int[] inputStrides;

  PermuteLoops(Permute op) {
    out = op.output();
    int rank = out.rank();
    inputStrides = new int[rank];
    for (int a = 0; a < rank; a++) {
      int stride = 1;
      for (int axis = op.axes().get(a) + 1; axis < rank; axis++) {
        stride *= op.input().intDim(axis);
      }
      inputStrides[a] = stride;
    }
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    double[] input = inputs[0];
    for (int o = 0; o < output.length; o++) {
      int rest = o;
      int i = 0;
      for (int a = out.rank() - 1; a >= 0; a--) {
        int extent = out.intDim(a);
        i += rest % extent * inputStrides[a];
        rest /= extent;
      }
      output[o] = input[i];
    }
  }
}
