package org.conv4j.optimize;

import java.util.HashMap;
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
import org.conv4j.op.SimpleOpVisitor;
import org.conv4j.op.Slice;

/** Removes steps that copy their input unchanged, unless the copy is what the caller gets. */
final class IdentityRemoval implements Pass {
  private static final Copies COPIES = new Copies();

  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    Map<Integer, Integer> origins = new HashMap<>();
    for (Step step : graph.steps()) {
      Step current = graph.redirected(step, origins);
      if (current.op().accept(COPIES) && !graph.isOutput(current.output())) {
        origins.put(current.output(), current.inputs().get(0));
        graph.remove(current);
        changed = true;
      }
    }
    return changed;
  }

  /** Whether an op's output is its input. */
  private static final class Copies extends SimpleOpVisitor<Boolean> {
    @Override
    public Boolean visit(Concat op) {
      return op.inputs().size() == 1;
    }

    @Override
    public Boolean visit(Eltwise op) {
      return op.activation() == Activation.LINEAR;
    }

    @Override
    public Boolean visit(Pad op) {
      return keepsShape(op);
    }

    /** Whether only axes of extent 1 change their place. */
    @Override
    public Boolean visit(Permute op) {
      int last = -1;
      for (int i = 0; i < op.axes().size(); i++) {
        int axis = op.axes().get(i);
        if (op.input().dim(axis) > 1) {
          if (axis < last) {
            return false;
          }
          last = axis;
        }
      }
      return true;
    }

    @Override
    public Boolean visit(Pooling op) {
      return op.window().taps() == 1 && keepsShape(op);
    }

    @Override
    public Boolean visit(Reduction op) {
      return keepsShape(op);
    }

    @Override
    public Boolean visit(Resize op) {
      return keepsShape(op);
    }

    @Override
    public Boolean visit(Slice op) {
      return op.steps().all(1) && keepsShape(op);
    }

    @Override
    protected Boolean other(Op op) {
      return false;
    }

    private static boolean keepsShape(Op op) {
      return op.output().equals(op.input());
    }
  }
}
