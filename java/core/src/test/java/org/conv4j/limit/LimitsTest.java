package org.conv4j.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.LimitExceededException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.layer.preprocessing.Rescaling;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.model.Model;
import org.conv4j.model.SequentialBuilder;
import org.conv4j.op.Binary;
import org.conv4j.optimize.Optimizer;
import org.conv4j.plan.Plan;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Shape INPUT = Shape.of(1, 4);

  private static Model relus(int count) {
    SequentialBuilder builder = Model.sequential();
    for (int i = 0; i < count; i++) {
      builder.add(ReLU.of().name("relu" + i), Weights.none());
    }
    return builder.build();
  }

  private static Plan compile(Model model, Limits limits) {
    return model.compile(
        INPUT, DataType.FLOAT32, new ReferenceEngine(), CompileOptions.DEFAULT.withLimits(limits));
  }

  @Test
  void theMessageNamesTheLimitAndHowToRaiseIt() {
    Limits limits = Limits.DEFAULT.with(Limit.STEPS, 9);
    assertThatCode(() -> compile(relus(9), limits).close()).doesNotThrowAnyException();
    assertThatThrownBy(() -> compile(relus(10), limits))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("more than 9 steps")
        .hasMessageContaining("Limit.STEPS")
        .hasMessageContaining("-Dconv4j.limit.steps=");
  }

  @Test
  void aPlanMayBeKeptSmall() {
    Limits limits = Limits.DEFAULT.with(Limit.PLAN_BYTES, 100);
    assertThatThrownBy(() -> compile(relus(3), limits))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("100 bytes of memory");
  }

  @Test
  void constantsThatDependOnConstantsAreCounted() {
    Lowering lowering = new Lowering(List.of(INPUT));
    Value value = lowering.constant(Constant.of(INPUT, 1, 2, 3, 4));
    for (int i = 0; i < 24; i++) {
      value = sum(lowering, value, value);
    }
    var program = lowering.finish(List.of(sum(lowering, lowering.input(0), value)));
    assertThat(Optimizer.optimize(program).steps()).hasSize(1);
    assertThatThrownBy(
            () -> Optimizer.optimize(program, Limits.DEFAULT.with(Limit.CONSTANT_BYTES, 300)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("-Dconv4j.limit.constantBytes=");
  }

  private static Value sum(Lowering lowering, Value left, Value right) {
    Binary op = new Binary(INPUT, INPUT, BinaryFunction.ADD, Activation.LINEAR);
    return lowering.append("sum", op, List.of(left, right), List.of(), DataFormat.CHANNELS_LAST);
  }

  @Test
  void aLongChainIsFoldedIntoOneStep() {
    SequentialBuilder builder = Model.sequential();
    for (int i = 0; i < 20_000; i++) {
      builder.add(Rescaling.of(1.5, 0.25).name("scale" + i), Weights.none());
    }
    var program = Optimizer.optimize(builder.build().lower(INPUT));
    assertThat(program.steps()).hasSize(1);
    assertThat(program.steps().get(0).fused()).hasSize(19_999);
  }

  @Test
  void aLongChainOfStepsHasASmallArena() {
    try (Plan plan = compile(relus(20_000), Limits.DEFAULT)) {
      assertThat(plan.arenaBytes()).isEqualTo(128);
    }
  }

  @Test
  void limitsAreNotNegative() {
    assertThatThrownBy(() -> Limits.DEFAULT.with(Limit.NODES, -1))
        .isInstanceOf(InvalidArgumentException.class);
  }
}
