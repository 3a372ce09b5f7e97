package org.conv4j.reference.loops;

import java.util.Arrays;
import org.conv4j.op.Gather;

/** The definition of {@link Gather}: {@code out[i, c] = table[row(indices[i]), c]}. */
final class GatherLoops implements Loops {
  private final int rows;
  private final int columns;

  GatherLoops(Gather op) {
    rows = op.table().intDim(0);
    columns = op.table().intDim(1);
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int i = 0; i < inputs[1].length; i++) {
      int row = Gather.row(inputs[1][i], rows);
      if (row < 0) {
        Arrays.fill(output, i * columns, (i + 1) * columns, Double.NaN);
      } else {
        System.arraycopy(inputs[0], row * columns, output, i * columns, columns);
      }
    }
  }
}
