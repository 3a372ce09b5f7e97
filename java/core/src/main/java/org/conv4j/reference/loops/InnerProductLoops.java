package org.conv4j.reference.loops;

import java.util.List;
import org.conv4j.op.InnerProduct;

/** The definition of {@link InnerProduct}: {@code act(bias[u] + sum over c of in[c] * m[c, u])}. */
final class InnerProductLoops implements Loops {
  private final InnerProduct op;
  private final int channels;
  private final double[] matrix;
  private final double[] bias;

  InnerProductLoops(InnerProduct op, List<double[]> weights) {
    this.op = op;
    this.channels = op.input().intDim(-1);
    this.matrix = weights.get(0);
    this.bias = op.bias() ? weights.get(1) : new double[op.units()];
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int o = 0; o < output.length; o++) {
      int row = o / op.units();
      int u = o % op.units();
      double sum = bias[u];
      for (int c = 0; c < channels; c++) {
        sum += inputs[0][row * channels + c] * matrix[c * op.units() + u];
      }
      output[o] = op.activation().apply(sum);
    }
  }
}
