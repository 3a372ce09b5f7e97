package org.conv4j.reference.loops;

import java.util.List;
import org.conv4j.op.Prelu;
import org.conv4j.reference.index.StridedWalk;

/** The definition of {@link Prelu}: {@code out[i] = in[i] >= 0 ? in[i] : slopes[i] * in[i]}. */
final class PreluLoops implements Loops {
  private final StridedWalk slope;
  private final double[] slopes;

  PreluLoops(Prelu op, List<double[]> weights) {
    slope = StridedWalk.broadcast(op.input(), op.slopes());
    slopes = weights.get(0);
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int i = 0; i < output.length; i++) {
      double x = inputs[0][i];
      output[i] = x >= 0 ? x : slopes[slope.at(i)] * x;
    }
  }
}
