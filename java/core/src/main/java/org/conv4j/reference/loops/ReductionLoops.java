package org.conv4j.reference.loops;

import java.util.Arrays;
import org.conv4j.function.ReductionKind;
import org.conv4j.op.Reduction;
import org.conv4j.reference.index.StridedWalk;

/** The definition of {@link Reduction}: every input element joins what became of those before. */
final class ReductionLoops implements Loops {
  private final Reduction op;

  /** For each input element, the output element that it is part of. */
  private final StridedWalk out;

  ReductionLoops(Reduction op) {
    this.op = op;
    out = StridedWalk.broadcast(op.input(), op.output());
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    double[] input = inputs[0];
    Arrays.fill(output, none());
    for (int i = 0; i < input.length; i++) {
      int o = out.at(i);
      output[o] = joined(output[o], input[i]);
    }
    if (op.kind() == ReductionKind.MEAN) {
      for (int o = 0; o < output.length; o++) {
        output[o] /= input.length / output.length;
      }
    }
  }

  /** What no elements come to. */
  private double none() {
    return switch (op.kind()) {
      case SUM, MEAN -> 0;
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
    };
  }

  private double joined(double before, double element) {
    return switch (op.kind()) {
      case SUM, MEAN -> before + element;
      case MAX -> Math.max(before, element);
      case MIN -> Math.min(before, element);
    };
  }
}
