package org.conv4j.reference.loops;

import org.conv4j.op.Binary;
import org.conv4j.reference.index.StridedWalk;

/** The definition of {@link Binary}: {@code out[o] = act(function(left[o], right[o]))}. */
final class BinaryLoops implements Loops {
  private final Binary op;
  private final StridedWalk left;
  private final StridedWalk right;

  BinaryLoops(Binary op) {
    this.op = op;
    left = StridedWalk.broadcast(op.output(), op.left());
    right = StridedWalk.broadcast(op.output(), op.right());
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int o = 0; o < output.length; o++) {
      double value = op.function().apply(inputs[0][left.at(o)], inputs[1][right.at(o)]);
      output[o] = op.activation().apply(value);
    }
  }
}
