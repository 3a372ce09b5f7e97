package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.lowering.Step;
import org.conv4j.op.Concat;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Permute;
import org.conv4j.op.Pooling;
import org.conv4j.op.Reduction;
import org.conv4j.op.Resize;
import org.conv4j.op.Slice;

/** Removes steps that copy their input unchanged, unless the copy is what the caller gets. */
final class IdentityRemoval implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    Map<Integer, Integer> origins = new HashMap<>();
    for (Step step : graph.steps()) {
      Step current = redirected(graph, step, origins);
      if (isCopy(current.op()) && !graph.isOutput(current.output())) {
        origins.put(current.output(), current.inputs().get(0));
        graph.remove(current);
        changed = true;
      }
    }
    return changed;
  }

  /** Lets a step read what was copied instead of the copies. */
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

  private static boolean isCopy(Op op) {
    if (op instanceof Permute permute) {
      return keepsOrder(permute);
    }
    if (op instanceof Eltwise eltwise) {
      return eltwise.activation() == Activation.LINEAR;
    }
    if (op instanceof Slice slice) {
      return slice.steps().all(1) && sameShape(op);
    }
    if (op instanceof Pooling pooling) {
      return pooling.window().taps() == 1 && sameShape(op);
    }
    return (op instanceof Pad
            || op instanceof Resize
            || op instanceof Reduction
            || (op instanceof Concat concat && concat.inputs().size() == 1))
        && sameShape(op);
  }

  private static boolean sameShape(Op op) {
    return op.output().equals(op.input());
  }

  /** Whether only axes of extent 1 change their place. */
  private static boolean keepsOrder(Permute permute) {
    int last = -1;
    for (int i = 0; i < permute.axes().size(); i++) {
      int axis = permute.axes().get(i);
      if (permute.input().dim(axis) > 1) {
        if (axis < last) {
          return false;
        }
        last = axis;
      }
    }
    return true;
  }
}
