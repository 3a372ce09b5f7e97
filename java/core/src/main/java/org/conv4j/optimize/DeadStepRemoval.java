package org.conv4j.optimize;

import java.util.List;
import org.conv4j.lowering.Step;

/** Removes steps whose result nobody reads. */
final class DeadStepRemoval implements Pass {
  @Override
  public boolean run(Graph graph) {
    List<Step> steps = graph.steps();
    boolean changed = false;
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (!graph.isRead(steps.get(i).output())) {
        graph.remove(steps.get(i));
        changed = true;
      }
    }
    return changed;
  }
}
