package org.conv4j.optimize;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Plan;
import org.conv4j.engine.Session;
import org.conv4j.lowering.Constant;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Computes steps that read nothing but constants, unless the caller gets their result. */
final class ConstantFolding implements Pass {
  @Override
  public boolean run(Graph graph) {
    boolean changed = false;
    for (Step step : graph.steps()) {
      boolean constant =
          step.inputs().stream().allMatch(value -> graph.constant(value).isPresent());
      if (constant && !graph.isOutput(step.output())) {
        List<Constant> inputs =
            step.inputs().stream().map(value -> graph.constant(value).orElseThrow()).toList();
        graph.makeConstant(
            step, new Constant.Derived(step.op().output(), () -> compute(step, inputs)));
        changed = true;
      }
    }
    return changed;
  }

  private static double[] compute(Step step, List<Constant> inputs) {
    int count = inputs.size();
    Program program =
        new Program(
            step.op().inputs(),
            Map.of(),
            List.of(
                new Step(
                    step.layer(),
                    step.op(),
                    IntStream.range(0, count).boxed().toList(),
                    count,
                    step.constants())),
            List.of(count),
            List.of(step.op().output()));
    Tensor[] given = new Tensor[count];
    try (Plan plan =
            Plan.compile(program, DataType.FLOAT64, new ReferenceEngine(), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor result = Tensor.allocate(DataType.FLOAT64, step.op().output())) {
      for (int i = 0; i < count; i++) {
        double[] elements = inputs.get(i).elements();
        given[i] = Tensor.of(step.op().inputs().get(i), elements);
      }
      session.run(given, new Tensor[] {result});
      return result.toDoubleArray();
    } finally {
      for (Tensor tensor : given) {
        if (tensor != null) {
          tensor.close();
        }
      }
    }
  }
}
