package org.conv4j.reference.loops;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.op.Concat;
import org.conv4j.reference.index.StridedWalk;
import org.conv4j.shape.Shape;

/** The definition of {@link Concat}: {@code out[.., begin(k) + i, ..] = in(k)[.., i, ..]}. */
final class ConcatLoops implements Loops {
  /** By input, where its elements go. */
  private final List<StridedWalk> out = new ArrayList<>();

  ConcatLoops(Concat op) {
    int[] strides = StridedWalk.stridesOf(op.output());
    int begin = 0;
    for (Shape input : op.inputs()) {
      out.add(StridedWalk.of(input, begin * strides[op.axis()], strides));
      begin += input.intDim(op.axis());
    }
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int k = 0; k < inputs.length; k++) {
      for (int i = 0; i < inputs[k].length; i++) {
        output[out.get(k).at(i)] = inputs[k][i];
      }
    }
  }
}
