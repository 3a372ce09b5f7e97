package org.conv4j.cli;

import java.util.stream.Collectors;
import org.conv4j.engine.Plan;
import org.conv4j.engine.PlanStep;

/** Says in a few words how a plan runs. */
final class Implementations {
  private Implementations() {}

  /** The implementation of every step, and the kernel candidate where it is not the plain one. */
  static String of(Plan plan) {
    return plan.steps().stream().map(Implementations::of).collect(Collectors.joining(" + "));
  }

  private static String of(PlanStep step) {
    return step.kernel().equals("direct")
        ? step.implementation()
        : step.implementation() + " (" + step.kernel() + ")";
  }
}
