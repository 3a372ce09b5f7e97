package org.conv4j.bench.threads;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.bench.Operands;
import org.conv4j.engine.Plan;
import org.conv4j.tensor.Tensor;

/** An input and an output for each caller; owns them. */
final class CallerTensors implements AutoCloseable {
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();

  CallerTensors(Operands operands, Plan plan, int callers) {
    for (int i = 0; i < callers; i++) {
      inputs.add(operands.input().copyAs(plan.dataType()));
      outputs.add(Tensor.allocate(plan.dataType(), plan.outputShape()));
    }
  }

  Tensor input(int caller) {
    return inputs.get(caller);
  }

  Tensor output(int caller) {
    return outputs.get(caller);
  }

  @Override
  public void close() {
    inputs.forEach(Tensor::close);
    outputs.forEach(Tensor::close);
  }
}
