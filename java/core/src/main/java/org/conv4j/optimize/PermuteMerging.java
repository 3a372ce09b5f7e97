package org.conv4j.optimize;

import java.util.List;
import java.util.Optional;
import org.conv4j.lowering.Step;
import org.conv4j.op.Permute;
import org.conv4j.shape.IntTuple;

/** Makes one permutation of two that follow each other. */
final class PermuteMerging implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    for (Step second : graph.steps()) {
      if (!(second.op() instanceof Permute outer)) {
        continue;
      }
      Optional<Step> first = graph.writer(second.inputs().get(0));
      if (first.isPresent()
          && first.get().op() instanceof Permute inner
          && inner.output().equals(outer.input())) {
        IntTuple axes =
            IntTuple.generate(outer.axes().size(), i -> inner.axes().get(outer.axes().get(i)));
        graph.replace(
            second,
            new Step(
                second.layer(),
                new Permute(inner.input(), axes),
                first.get().inputs(),
                second.output(),
                List.of()));
        changed = true;
      }
    }
    return changed;
  }
}
