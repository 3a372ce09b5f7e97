package org.conv4j.testkit;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;

/** How many products each convolution of a program adds up, at most, for one output element. */
final class Reductions {
  private Reductions() {}

  static List<Long> lengths(Program program) {
    List<Long> lengths = new ArrayList<>();
    for (Step step : program.steps()) {
      if (step.op() instanceof Convolution convolution) {
        lengths.add(convolution.window().taps() * convolution.channelsPerGroup());
      } else if (step.op() instanceof Deconvolution deconvolution) {
        lengths.add(deconvolution.window().taps() * deconvolution.input().dim(-1));
      }
    }
    return lengths;
  }
}
