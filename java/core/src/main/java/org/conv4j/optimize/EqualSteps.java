package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.lowering.Step;
import org.conv4j.op.Op;
import org.conv4j.weights.Constant;

/** Computes once what several steps compute of the same values with the same constants. */
final class EqualSteps implements Pass {
  /** What decides about a result. */
  private record Work(Op op, List<Integer> inputs, List<Constant> constants) {}

  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    Map<Work, Integer> done = new HashMap<>();
    Map<Integer, Integer> origins = new HashMap<>();
    for (Step step : graph.steps()) {
      Step current = redirected(graph, step, origins);
      Work work = new Work(current.op(), current.inputs(), current.constants());
      Integer first = done.putIfAbsent(work, current.output());
      if (first != null && !graph.isOutput(current.output())) {
        origins.put(current.output(), first);
        graph.remove(current);
        changed = true;
      }
    }
    return changed;
  }

  private static Step redirected(Graph graph, Step step, Map<Integer, Integer> origins) {
    if (Collections.disjoint(step.inputs(), origins.keySet())) {
      return step;
    }
    List<Integer> inputs = new ArrayList<>(step.inputs());
    inputs.replaceAll(value -> origins.getOrDefault(value, value));
    Step redirected = step.withInputs(inputs);
    graph.replace(step, redirected);
    return redirected;
  }
}
