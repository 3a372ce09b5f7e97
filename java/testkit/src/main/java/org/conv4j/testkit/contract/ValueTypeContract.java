package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.Fallback;
import org.conv4j.engine.OpTypes;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.Eltwise;
import org.conv4j.plan.Plan;
import org.conv4j.plan.PlanStep;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Quantization;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.junit.jupiter.api.Test;

/** Each value has a type of its own; what an engine does not compute with is left to others. */
abstract class ValueTypeContract extends Contract {
  private static final Shape SHAPE = Shape.of(1, 4);
  private static final ValueType FLOAT32 = ValueType.of(DataType.FLOAT32, SHAPE);
  private static final ValueType FLOAT64 = ValueType.of(DataType.FLOAT64, SHAPE);
  private static final Eltwise OP = new Eltwise(SHAPE, ElementwiseFunction.ABSOLUTE);

  ValueTypeContract(EngineContract whole) {
    super(whole);
  }

  /** Reads one type, writes another, and goes on with that. */
  private static Program program(ValueType read, ValueType written) {
    List<Step> steps =
        List.of(
            new Step("first", OP, List.of(0), 1, List.of()).withType(written),
            new Step("second", OP, List.of(1), 2, List.of()).withType(written));
    return new Program(List.of(read), Map.of(), List.of(), steps, List.of(2), List.of(SHAPE));
  }

  private Compilation compile(OpTypes types) {
    return engine().compile(OP, types, List.of(), CompileOptions.DEFAULT, EngineChain.NONE);
  }

  @Test
  void aStepThatMixesTypesRunsOnThisEngineOrOnOneBehindIt() {
    try (Plan plan = Plan.compile(program(FLOAT32, FLOAT64), engine(), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor input = Tensor.of(SHAPE, 0.1f, -0.2f, 3f, -4f);
        Tensor output = Tensor.allocate(DataType.FLOAT64, SHAPE)) {
      session.run(input, output);
      assertThat(output.toDoubleArray()).containsExactly(0.1f, 0.2f, 3, 4);
      assertThat(plan.inputTypes()).containsExactly(FLOAT32);
      assertThat(plan.outputTypes()).containsExactly(FLOAT64);
      PlanStep first = plan.steps().get(0);
      Compilation alone = compile(new OpTypes(List.of(FLOAT32), List.of(), FLOAT64));
      if (alone.isDeclined()) {
        assertThat(first.engine()).isNotEqualTo(engine().name());
        assertThat(first.declined().get(0).engine()).isEqualTo(engine().name());
        assertThat(first.declined().get(0).reason())
            .isIn("does not mix float32 with float64", "does not compute with float64");
      } else {
        alone.op().close();
        assertThat(first.engine()).isEqualTo(engine().name());
      }
    }
  }

  @Test
  void resultsAreRoundedToTheirOwnType() {
    try (Plan plan = Plan.compile(program(FLOAT64, FLOAT32), engine(), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor input = Tensor.of(SHAPE, 0.1, -0.2, 3, -4);
        Tensor output = Tensor.allocate(DataType.FLOAT32, SHAPE)) {
      session.run(input, output);
      assertThat(output.toFloatArray()).containsExactly(0.1f, 0.2f, 3, 4);
    }
  }

  @Test
  void callersGiveEachInputInItsOwnType() {
    try (Plan plan = Plan.compile(program(FLOAT32, FLOAT64), engine(), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor narrow = Tensor.allocate(DataType.FLOAT32, SHAPE);
        Tensor wide = Tensor.allocate(DataType.FLOAT64, SHAPE)) {
      assertThatThrownBy(() -> session.run(wide, narrow))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("float32(1, 4)");
      assertThatThrownBy(() -> session.run(narrow, narrow))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("float64(1, 4)");
      assertThatThrownBy(plan::dataType).hasMessageContaining("differ");
    }
  }

  @Test
  void quantizedValuesAreLeftToOthersWithTheReason() {
    ValueType quantized =
        new ValueType(DataType.FLOAT32, SHAPE, Optional.of(Quantization.of(0.5, 3)));
    assertThat(compile(new OpTypes(List.of(quantized), List.of(), FLOAT32)).reason())
        .isEqualTo("does not compute with quantized values");
    CompileOptions alone = CompileOptions.DEFAULT.withFallback(Fallback.none());
    for (CompileOptions options : List.of(alone, CompileOptions.DEFAULT)) {
      assertThatThrownBy(() -> Plan.compile(program(quantized, FLOAT32), engine(), options).close())
          .isInstanceOf(UnsupportedByEngineException.class)
          .hasMessageContaining("Layer 'first'")
          .hasMessageContaining(engine().name() + ": does not compute with quantized values");
    }
  }

  @Test
  void typesThatAreNotTheOpsAreRefused() {
    ValueType other = ValueType.of(DataType.FLOAT32, Shape.of(4, 1));
    for (OpTypes wrong :
        List.of(
            new OpTypes(List.of(), List.of(), FLOAT32),
            new OpTypes(List.of(other), List.of(), FLOAT32),
            new OpTypes(List.of(FLOAT32), List.of(), other),
            new OpTypes(List.of(FLOAT32), List.of(FLOAT32), FLOAT32))) {
      assertThatThrownBy(() -> compile(wrong)).isInstanceOf(ShapeMismatchException.class);
    }
  }
}
