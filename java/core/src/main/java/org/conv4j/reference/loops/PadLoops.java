package org.conv4j.reference.loops;

import java.util.Arrays;
import org.conv4j.op.Pad;
import org.conv4j.reference.index.StridedWalk;

/** The definition of {@link Pad}: {@code out[begin + i] = in[i]}, elsewhere the number. */
final class PadLoops implements Loops {
  private final double value;
  private final StridedWalk out;

  PadLoops(Pad op) {
    value = op.value();
    int[] strides = StridedWalk.stridesOf(op.output());
    out = StridedWalk.of(op.input(), StridedWalk.position(op.begin(), strides), strides);
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    Arrays.fill(output, value);
    for (int i = 0; i < inputs[0].length; i++) {
      output[out.at(i)] = inputs[0][i];
    }
  }
}
