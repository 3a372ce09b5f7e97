package org.conv4j.optimize;

import java.util.Optional;
import org.conv4j.activation.Activation;
import org.conv4j.lowering.Step;
import org.conv4j.op.Activated;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;

/** Lets an op apply the element-wise function that follows it. */
final class ActivationFusion implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    for (Step step : graph.steps()) {
      if (!(step.op() instanceof Eltwise eltwise)) {
        continue;
      }
      Optional<Step> source = graph.soleSource(step, 0);
      if (source.isPresent()
          && source.get().op() instanceof Activated activated
          && activated.activation() == Activation.LINEAR) {
        Step before = source.get();
        Op fused = activated.withActivation(eltwise.activation());
        graph.merge(
            before,
            step,
            new Step(before.layer(), fused, before.inputs(), step.output(), before.constants()));
        changed = true;
      }
    }
    return changed;
  }
}
