package org.conv4j.onednn.primitive.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.onednn.OneDnnEngine;
import org.conv4j.op.Reduction;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Means of many elements, whose errors would add up if each were added to the sum of all before.
 */
class LongMeanTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aMeanOfEqualNumbersIsTheNumber(int batch) {
    Reduction op =
        new Reduction(Shape.of(batch, 120, 160, 24), IntTuple.of(1, 2), ReductionKind.MEAN);
    Program program =
        Program.of(
            List.of(op.input()),
            java.util.Map.of(),
            List.of(new Step("mean", op, List.of(0), 1, List.of())),
            List.of(1),
            List.of(op.output()));
    double[] numbers = new double[(int) op.input().elementCount()];
    Arrays.fill(numbers, 0.7f);
    try (Plan plan = Plan.compile(program, new OneDnnEngine(), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor input = Tensor.allocate(DataType.FLOAT32, op.input()).copyFrom(numbers);
        Tensor output = Tensor.allocate(DataType.FLOAT32, op.output())) {
      session.run(input, output);
      for (double mean : output.toDoubleArray()) {
        assertThat(mean).isCloseTo(0.7f, withPercentage(5e-4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1021, 1031, 2062})
  void lengthsThatNothingDividesAreOneSum(int length) {
    Reduction op = new Reduction(Shape.of(1, length, 8), IntTuple.of(1), ReductionKind.MEAN);
    try (CompiledOp compiled =
        new OneDnnEngine().compileAlone(op, DataType.FLOAT32, List.of(), CompileOptions.DEFAULT)) {
      assertThat(compiled.kernel()).isEqualTo("pooling");
    }
  }
}
