package org.conv4j.reference.loops;

import org.conv4j.op.MatMul;

/**
 * The definition of {@link MatMul}: {@code out[b, i, j] = sum over k of l[b, i, k] * r[b, k, j]}.
 */
final class MatMulLoops implements Loops {
  private final int rows;
  private final int depth;
  private final int columns;

  MatMulLoops(MatMul op) {
    rows = op.left().intDim(1);
    depth = op.left().intDim(2);
    columns = op.right().intDim(2);
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int o = 0; o < output.length; o++) {
      int j = o % columns;
      int row = o / columns;
      int batch = row / rows;
      double sum = 0;
      for (int k = 0; k < depth; k++) {
        sum += inputs[0][row * depth + k] * inputs[1][(batch * depth + k) * columns + j];
      }
      output[o] = sum;
    }
  }
}
