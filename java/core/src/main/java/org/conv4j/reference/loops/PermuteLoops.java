package org.conv4j.reference.loops;

import org.conv4j.op.Permute;
import org.conv4j.reference.index.StridedWalk;

/** The definition of {@link Permute}: {@code out[j] = in[i]} where {@code j[a] = i[axes[a]]}. */
final class PermuteLoops implements Loops {
  private final StridedWalk in;

  PermuteLoops(Permute op) {
    int[] inputStrides = StridedWalk.stridesOf(op.input());
    int[] strides = new int[inputStrides.length];
    for (int a = 0; a < strides.length; a++) {
      strides[a] = inputStrides[op.axes().get(a)];
    }
    in = StridedWalk.of(op.output(), 0, strides);
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int o = 0; o < output.length; o++) {
      output[o] = inputs[0][in.at(o)];
    }
  }
}
