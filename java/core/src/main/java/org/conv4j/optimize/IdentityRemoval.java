package org.conv4j.optimize;

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
    for (Step step : graph.steps()) {
      if (graph.contains(step) && isCopy(step.op()) && !graph.isOutput(step.output())) {
        graph.redirect(step.output(), step.inputs().get(0));
        graph.remove(step);
        changed = true;
      }
    }
    return changed;
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
