package org.conv4j.reference.loops;

import java.util.List;
import org.conv4j.op.Scale;

/** The definition of {@link Scale}: {@code out[.., c] = act(in[.., c] * scale[c] + shift[c])}. */
final class ScaleLoops implements Loops {
  private final Scale op;
  private final double[] scale;
  private final double[] shift;

  ScaleLoops(Scale op, List<double[]> weights) {
    this.op = op;
    this.scale = weights.get(0);
    this.shift = weights.get(1);
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int i = 0; i < output.length; i++) {
      int c = i % scale.length;
      output[i] = op.activation().apply(inputs[0][i] * scale[c] + shift[c]);
    }
  }
}
