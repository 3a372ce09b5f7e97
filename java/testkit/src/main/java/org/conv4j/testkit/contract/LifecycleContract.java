package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.conv4j.engine.CompileOptions;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.model.Predictor;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.cases.SmallCase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever holds native memory can be closed, twice, and is refused afterwards. */
abstract class LifecycleContract extends Contract {
  private static final long MEBIBYTE = 1 << 20;
  private static final int ROUNDS = 6;
  private static final int MOST_TIMES = 4;
  private static final long MOST_GROWTH = ROUNDS * 2 * MEBIBYTE;

  private SmallCase small;

  LifecycleContract(EngineContract whole) {
    super(whole);
  }

  @BeforeEach
  void compile() {
    small = new SmallCase(engine(), reference());
  }

  @AfterEach
  void close() {
    small.close();
  }

  @Test
  void aClosedPlanMakesNoSessions() {
    small.plan.close();
    small.plan.close();
    assertThatIllegalStateException().isThrownBy(small.plan::newSession);
  }

  @Test
  void aSessionOutlivesItsPlan() {
    try (Session session = small.plan.newSession()) {
      small.plan.close();
      small.assertRuns(session);
    }
  }

  @Test
  void closingOneSessionTwiceDoesNotFreeThePlanUnderAnother() {
    Session first = small.plan.newSession();
    try (Session second = small.plan.newSession()) {
      small.plan.close();
      first.close();
      first.close();
      small.assertRuns(second);
    }
  }

  @Test
  void aClosedSessionRunsNothing() {
    Session session = small.plan.newSession();
    session.close();
    session.close();
    assertThatIllegalStateException().isThrownBy(() -> small.assertRuns(session));
  }

  @Test
  void aPlanNeedsItsWeightsOnlyWhileItIsCompiled() {
    CaseData data = SmallCase.CASE.integers(1);
    try (Plan plan = data.compile(engine(), DataType.FLOAT32)) {
      data.close();
      try (Session session = plan.newSession()) {
        small.assertRuns(session);
      }
    }
  }

  @Test
  void closedWeightsAreRefused() {
    CaseData data = SmallCase.CASE.integers(1);
    data.close();
    assertThatIllegalStateException().isThrownBy(() -> data.compile(engine(), DataType.FLOAT32));
  }

  @Test
  void aClosedTensorIsRefusedAndTheSessionStaysUsable() {
    Tensor closed = small.newOutput();
    closed.close();
    closed.close();
    Tensor closedInput = small.data.input().copyAs(DataType.FLOAT32);
    closedInput.close();
    try (Session session = small.plan.newSession()) {
      assertThatIllegalStateException().isThrownBy(() -> session.run(small.data.input(), closed));
      try (Tensor output = small.newOutput()) {
        assertThatIllegalStateException().isThrownBy(() -> session.run(closedInput, output));
      }
      small.assertRuns(session);
    }
  }

  @Test
  void aClosedPredictorPredictsNothing() {
    Predictor predictor =
        new Predictor(small.data.model(), DataType.FLOAT32, engine(), CompileOptions.DEFAULT);
    predictor.predict(small.data.input()).close();
    predictor.close();
    predictor.close();
    assertThatIllegalStateException().isThrownBy(() -> predictor.predict(small.data.input()));
  }

  @Test
  void aPredictorSurvivesAnInputThatItCannotTake() {
    try (Predictor predictor =
            new Predictor(small.data.model(), DataType.FLOAT32, engine(), CompileOptions.DEFAULT);
        Tensor wrong = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 6, 5, 2))) {
      assertThatThrownBy(() -> predictor.predict(wrong)).hasMessageContaining("separable_conv2d");
      try (Tensor output = predictor.predict(small.data.input())) {
        Outputs.assertExact(SmallCase.CASE, output.toDoubleArray(), small.expected);
      }
    }
  }

  /**
   * A leak raises the least that is held after a round, every time. What is held beyond that are
   * allocators' reserves and compiled code, which grow now and then.
   */
  @Test
  void plansAndSessionsByTheThousandLeaveNothingBehind() {
    makePlansAndSessions(1000);
    long growth = Long.MAX_VALUE;
    long before = leastHeldAfterRounds();
    for (int time = 0; time < MOST_TIMES && growth >= MOST_GROWTH; time++) {
      long after = leastHeldAfterRounds();
      growth = after - before;
      before = after;
    }
    assertThat(growth).isLessThan(MOST_GROWTH);
  }

  private long leastHeldAfterRounds() {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      makePlansAndSessions(500);
      least = Math.min(least, ResidentMemory.afterCollection());
    }
    return least;
  }

  private void makePlansAndSessions(int count) {
    for (int i = 0; i < count; i++) {
      try (Plan plan = small.data.compile(engine(), DataType.FLOAT32);
          Session session = plan.newSession()) {
        small.assertRuns(session);
      }
    }
  }

  @Test
  void theArenasOfClosedSessionsAreFreed() {
    LayerCase wide =
        new LayerCase(SeparableConv2D.of(1, 3).padding(Padding.SAME), Shape.of(1, 512, 512, 4));
    try (CaseData data = wide.integers(1);
        Plan plan = data.compile(engine(), DataType.FLOAT32)) {
      assertThat(plan.sessionBytes()).isGreaterThan(4 * MEBIBYTE - 1);
      long before = directMemory();
      for (int i = 0; i < 300; i++) {
        plan.newSession().close();
      }
      assertThat(directMemory() - before).isLessThan(64 * MEBIBYTE);
    }
  }

  /** The resident size would say as much, were it not for the heap of engines written in Java. */
  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
