package org.conv4j.optimize;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Activation;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Step;
import org.conv4j.op.Binary;
import org.conv4j.op.Convolution;

/**
 * Lets a convolution add the other branch of a residual block. Where both branches end with a
 * convolution, the one that runs later does it.
 */
final class ResidualFusion implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    for (Step sum : graph.steps()) {
      if (!(sum.op() instanceof Binary add)
          || add.function() != BinaryFunction.ADD
          || !add.left().equals(add.right())) {
        continue;
      }
      Optional<Step> left = convolution(graph, sum, 0);
      Optional<Step> right = convolution(graph, sum, 1);
      if (left.isEmpty() && right.isEmpty()) {
        continue;
      }
      int branch =
          left.isEmpty() || (right.isPresent() && graph.isAfter(right.get(), left.get())) ? 1 : 0;
      fuse(graph, sum, add, branch == 0 ? left.get() : right.get(), sum.inputs().get(1 - branch));
      changed = true;
    }
    return changed;
  }

  private static Optional<Step> convolution(Graph graph, Step sum, int operand) {
    return graph
        .soleSource(sum, operand)
        .filter(
            step ->
                step.op() instanceof Convolution convolution
                    && !convolution.residual()
                    && !convolution.isDepthwise()
                    && convolution.activation() == Activation.LINEAR);
  }

  private static void fuse(Graph graph, Step sum, Binary add, Step branch, int other) {
    Convolution op = (Convolution) branch.op();
    Convolution fused = op.withResidual(true).withActivation(add.activation());
    graph.merge(
        branch,
        sum,
        new Step(
            branch.layer(),
            fused,
            List.of(branch.inputs().get(0), other),
            sum.output(),
            branch.constants()));
  }
}
