package org.conv4j.testkit.cases;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.Weighted;
import org.conv4j.op.Windowed;

/** How many products each convolution of a program adds up, at most, for one output element. */
public final class Reductions {
  private Reductions() {}

  /**
   * Counts the products of each convolution.
   *
   * @param program the program
   * @return a number for each of its convolutions
   */
  public static List<Long> lengths(Program program) {
    List<Long> lengths = new ArrayList<>();
    for (Step step : program.steps()) {
      if (step.op() instanceof Weighted weighted && weighted instanceof Windowed) {
        lengths.add(weighted.products());
      }
    }
    return lengths;
  }
}
