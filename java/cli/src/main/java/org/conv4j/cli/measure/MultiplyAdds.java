package org.conv4j.cli.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.lowering.Step;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.op.MatMul;
import org.conv4j.op.Op;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Weighted;
import org.conv4j.shape.Shape;

/** Counts the multiplications whose products are added up, as the field counts a network's work. */
public final class MultiplyAdds {
  private MultiplyAdds() {}

  /** The number for a batch of one by the layer's path; empty if another extent is open too. */
  public static Map<String, Long> byLayer(Model model) {
    Map<String, Long> macs = new HashMap<>();
    List<Shape> inputs = new ArrayList<>();
    for (InputSpec input : model.inputs()) {
      if (input.dims() == null
          || input.dims().stream().skip(1).anyMatch(dim -> dim == InputSpec.ANY)) {
        return macs;
      }
      inputs.add(input.withAny(1));
    }
    long batch = inputs.get(0).rank() == 0 ? 1 : inputs.get(0).dim(0);
    for (Step step : model.lower(inputs).steps()) {
      Op op = step.op();
      if (op instanceof Weighted || op instanceof MatMul || op instanceof Recurrence) {
        macs.merge(step.layer(), op.flops() / 2 / batch, Long::sum);
      }
    }
    return macs;
  }
}
