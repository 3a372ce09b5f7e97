package org.conv4j.cli.measure;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.cli.data.RandomTensors;
import org.conv4j.cli.data.TensorList;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.lowering.Program;
import org.conv4j.notation.BenchCase;
import org.conv4j.op.Op;
import org.conv4j.plan.Plan;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Runs a case with random constants. */
public final class CaseRun {
  private CaseRun() {}

  public static EngineComparison of(
      BenchCase benchCase, List<Engine> engines, DataType dataType, CompileOptions options) {
    RandomTensors random = new RandomTensors(benchCase.name(), dataType);
    List<TensorList> constants = new ArrayList<>();
    try (Tensor input = random.next(benchCase.input())) {
      for (Op op : benchCase.ops()) {
        constants.add(TensorList.of(op.constants(), random::next));
      }
      Program program = benchCase.program(constants.stream().map(TensorList::tensors).toList());
      return EngineComparison.of(
          benchCase.name(),
          engines,
          engine -> Plan.compile(program.as(dataType), engine, options),
          input);
    } finally {
      constants.forEach(TensorList::close);
    }
  }
}
