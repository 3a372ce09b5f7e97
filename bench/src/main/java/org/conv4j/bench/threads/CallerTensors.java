package org.conv4j.bench.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.bench.cases.Operands;
import org.conv4j.plan.Plan;
import org.conv4j.tensor.Tensor;

/** Some inputs and outputs; owns them. */
final class CallerTensors implements AutoCloseable {
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();

  CallerTensors(Operands operands, Plan plan, int count) {
    for (int i = 0; i < count; i++) {
      inputs.add(operands.input().copyAs(plan.dataType()));
      outputs.add(Tensor.allocate(plan.dataType(), plan.outputShape()));
    }
  }

  /** The inputs of one caller, if some share them out among themselves. */
  List<Tensor> inputs(int caller, int callers) {
    return share(inputs, caller, callers);
  }

  /** The outputs of one caller, if some share them out among themselves. */
  List<Tensor> outputs(int caller, int callers) {
    return share(outputs, caller, callers);
  }

  private static List<Tensor> share(List<Tensor> all, int caller, int callers) {
    return IntStream.iterate(caller, i -> i < all.size(), i -> i + callers)
        .mapToObj(all::get)
        .toList();
  }

  @Override
  public void close() {
    inputs.forEach(Tensor::close);
    outputs.forEach(Tensor::close);
  }
}
