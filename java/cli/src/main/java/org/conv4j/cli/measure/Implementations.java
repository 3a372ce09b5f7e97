package org.conv4j.cli.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.conv4j.engine.Declined;
import org.conv4j.plan.Plan;
import org.conv4j.plan.PlanStep;

/** Says in a few words how a plan runs. */
public final class Implementations {
  private Implementations() {}

  /** How every step runs. */
  public static String of(Plan plan) {
    return plan.steps().stream().map(step -> of(plan, step)).collect(Collectors.joining(" + "));
  }

  /**
   * The implementation of a step, the kernel candidate where it is not the plain one, and the
   * engine where it is not the plan's.
   */
  public static String of(Plan plan, PlanStep step) {
    String kernel = step.kernel().equals("direct") ? "" : " (" + step.kernel() + ")";
    String engine = step.engine().equals(plan.engine().name()) ? "" : " on " + step.engine();
    return step.implementation() + kernel + engine;
  }

  /** Which engines run the steps that the plan's engine leaves to others, and why, line by line. */
  public static List<String> onOtherEngines(Plan plan) {
    Map<String, Set<String>> layers = new LinkedHashMap<>();
    for (PlanStep step : plan.steps()) {
      if (!step.declined().isEmpty()) {
        String reasons =
            step.declined().stream().map(Declined::toString).collect(Collectors.joining("; "));
        layers
            .computeIfAbsent(
                "on " + step.engine() + " (" + reasons + ")", key -> new LinkedHashSet<>())
            .add(step.layer());
      }
    }
    List<String> lines = new ArrayList<>();
    layers.forEach((how, which) -> lines.add(how + ": " + String.join(", ", which)));
    return lines;
  }
}
