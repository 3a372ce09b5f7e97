package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.lowering.Step;
import org.conv4j.op.FunctionCall;
import org.conv4j.weights.Constant;

/** Computes once what several steps compute of the same values with the same constants. */
final class EqualSteps implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    Map<List<Integer>, List<Step>> done = new HashMap<>();
    Map<Integer, Integer> origins = new HashMap<>();
    for (Step step : graph.steps()) {
      Step current = graph.redirected(step, origins);
      List<Step> others = done.computeIfAbsent(current.inputs(), inputs -> new ArrayList<>());
      Step first = firstEqual(others, current);
      // A function of the program's may answer otherwise when it is called again.
      boolean repeats = first != null && !(current.op() instanceof FunctionCall);
      if (repeats && !graph.isOutput(current.output())) {
        origins.put(current.output(), first.output());
        graph.remove(current);
        changed = true;
      } else {
        others.add(current);
      }
    }
    return changed;
  }

  private static Step firstEqual(List<Step> others, Step step) {
    for (Step other : others) {
      if (computeTheSame(other, step)) {
        return other;
      }
    }
    return null;
  }

  /**
   * Compares ops last: the JDK makes code for the comparison of records when it is asked first, and
   * keeps the class loader of what was compared last.
   */
  private static boolean computeTheSame(Step one, Step other) {
    if (one.op().getClass() != other.op().getClass()
        || !one.type().shape().equals(other.type().shape())
        || one.constants().size() != other.constants().size()) {
      return false;
    }
    for (int i = 0; i < one.constants().size(); i++) {
      if (!areTheSame(one.constants().get(i), other.constants().get(i))) {
        return false;
      }
    }
    return one.op().equals(other.op());
  }

  /** Whether constants come from the same place; equal numbers in two places do not count. */
  private static boolean areTheSame(Constant one, Constant other) {
    if (one instanceof Constant.Given left && other instanceof Constant.Given right) {
      return left.tensor() == right.tensor();
    }
    if (one instanceof Constant.Stored left && other instanceof Constant.Stored right) {
      return left.source() == right.source() && left.shape().equals(right.shape());
    }
    return one == other;
  }
}
