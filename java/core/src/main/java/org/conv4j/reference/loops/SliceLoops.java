package org.conv4j.reference.loops;

import org.conv4j.op.Slice;
import org.conv4j.reference.index.StridedWalk;

/** The definition of {@link Slice}: {@code out[o] = in[begin + o * steps]}. */
final class SliceLoops implements Loops {
  private final StridedWalk in;

  SliceLoops(Slice op) {
    int[] strides = StridedWalk.stridesOf(op.input());
    int first = StridedWalk.position(op.begin(), strides);
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] *= op.steps().get(axis);
    }
    in = StridedWalk.of(op.output(), first, strides);
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int o = 0; o < output.length; o++) {
      output[o] = inputs[0][in.at(o)];
    }
  }
}
