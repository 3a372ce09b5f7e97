package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Outputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that is computed in parts has the same result as one that is computed at once. */
abstract class DividedBatchContract extends Contract {
  /** Two steps with 6 MB between them: too much for a cache, and enough work for two threads. */
  private static final LayerCase CASE =
      new LayerCase(SeparableConv2D.of(64, 3).padding(Padding.SAME), Shape.of(6, 64, 64, 64));

  private static final CompileOptions EXACT = CompileOptions.DEFAULT.withExact(true);
  private static final int CALLERS = 3;
  private static final int RUNS = 5;
  private static final int ATTEMPTS = 40;

  DividedBatchContract(EngineContract whole) {
    super(whole);
  }

  /** What others do with a batch is tested elsewhere. */
  private void assumeParts() {
    assumeTrue(engine().runsParts(), "needs an engine that computes a batch in parts");
  }

  private Plan compile(CaseData data, DataType dataType, CompileOptions options) {
    return data.model().compile(CASE.input(), dataType, engine(), options);
  }

  @Test
  void onlyAnEngineThatRunsPartsIsAskedForThem() {
    try (CaseData data = CASE.integers(1);
        Plan plan = compile(data, DataType.FLOAT32, EXACT)) {
      assertThat(plan.parts() > 1).isEqualTo(engine().runsParts());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void partsAreExactlyTheWhole(int threads) {
    assumeParts();
    assumeTrue(whole().setsThreads(), "needs a number of threads");
    try (CaseData data = CASE.integers(1)) {
      double[] expected = data.run(reference(), DataType.FLOAT32);
      for (DataType dataType : engine().dataTypes()) {
        try (Plan plan = compile(data, dataType, EXACT.withThreads(threads));
            Session session = plan.newSession();
            Tensor input = data.input().copyAs(dataType);
            Tensor output = Tensor.allocate(dataType, plan.outputShape());
            Tensor other = Tensor.allocate(dataType, plan.outputShape())) {
          assertThat(plan.parts()).isGreaterThan(1);
          assertThat(plan.lanes()).isEqualTo(EXACT.withThreads(threads).threadLimit());
          session.run(input, output);
          Outputs.assertExact(CASE, output.toDoubleArray(), expected);
          session.run(input, other);
          Outputs.assertExact(CASE, other.toDoubleArray(), expected);
          output.transform(old -> Double.NaN);
          session.run(input, output);
          Outputs.assertExact(CASE, output.toDoubleArray(), expected);
        }
      }
    }
  }

  /** Divided or not: the last part may be asked for as a whole, in part, or not at all. */
  @Test
  void theFirstExamplesAreComputedAlone() {
    try (CaseData data = CASE.integers(4);
        Plan plan = compile(data, DataType.FLOAT32, EXACT);
        Session session = plan.newSession();
        Tensor input = data.input().copyAs(DataType.FLOAT32);
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      double[] expected = data.run(reference(), DataType.FLOAT32);
      int examples = plan.examples();
      assertThat(examples).isEqualTo(6);
      for (int wanted = 1; wanted <= examples; wanted++) {
        input.copyFrom(data.input().toFloatArray());
        spoilFrom(input, wanted, examples);
        output.transform(old -> -7);
        session.run(input, output, wanted);
        double[] all = expected.clone();
        Arrays.fill(all, all.length / examples * wanted, all.length, -7);
        Outputs.assertExact(CASE, output.toDoubleArray(), all);
      }
      session.run(data.input(), output);
      Outputs.assertExact(CASE, output.toDoubleArray(), expected);
      for (int wrong : new int[] {-1, 0, examples + 1}) {
        assertThatThrownBy(() -> session.run(input, output, wrong))
            .isInstanceOf(InvalidArgumentException.class)
            .hasMessageContaining("from 1 to 6 examples; " + wrong);
      }
    }
  }

  private static void spoilFrom(Tensor input, int first, int examples) {
    int elements = (int) input.shape().elementCount() / examples;
    float[] nothing = new float[elements];
    Arrays.fill(nothing, Float.NaN);
    for (int example = first; example < examples; example++) {
      input.write(example * elements, nothing, 0, elements);
    }
  }

  @Test
  void sessionsOfOnePlanRunAtTheSameTime() throws Exception {
    assumeParts();
    try (CaseData data = CASE.integers(2);
        Plan plan = compile(data, DataType.FLOAT32, EXACT)) {
      double[] expected = data.run(reference(), DataType.FLOAT32);
      ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
      try {
        List<Future<?>> calls =
            IntStream.range(0, CALLERS)
                .<Future<?>>mapToObj(i -> callers.submit(() -> runOften(plan, data, expected)))
                .toList();
        for (Future<?> call : calls) {
          call.get();
        }
      } finally {
        callers.shutdown();
      }
    }
  }

  private static void runOften(Plan plan, CaseData data, double[] expected) {
    try (Session session = plan.newSession();
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      for (int run = 0; run < RUNS; run++) {
        session.run(data.input(), output);
        Outputs.assertExact(CASE, output.toDoubleArray(), expected);
      }
    }
  }

  @Test
  void runsAllocateNothing() {
    assumeParts();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (CaseData data = CASE.integers(3);
        Plan plan = compile(data, DataType.FLOAT32, EXACT);
        Session session = plan.newSession();
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      long allocated = Long.MAX_VALUE;
      for (int attempt = 0; attempt < ATTEMPTS && allocated > 0; attempt++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int run = 0; run < RUNS; run++) {
          session.run(data.input(), output);
          session.run(data.input(), output, 1 + run);
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
      }
      assertThat(allocated).as("bytes that %d runs allocate", RUNS).isZero();
    }
  }

  @Test
  void everyStepIsMeasuredForTheWholeBatch() {
    assumeParts();
    try (CaseData data = CASE.integers(4);
        Plan plan = compile(data, DataType.FLOAT32, EXACT);
        Session session = plan.newSession();
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      long[] nanoseconds = {-1, -1};
      session.profile(new Tensor[] {data.input()}, new Tensor[] {output}, nanoseconds);
      for (long time : nanoseconds) {
        assertThat(time).isPositive();
      }
      Outputs.assertExact(CASE, output.toDoubleArray(), data.run(reference(), DataType.FLOAT32));
    }
  }

  @Test
  void aClosedTensorIsRefusedAndTheSessionGoesOn() {
    assumeParts();
    try (CaseData data = CASE.integers(5);
        Plan plan = compile(data, DataType.FLOAT32, EXACT);
        Session session = plan.newSession();
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      Tensor closed = data.input().copyAs(DataType.FLOAT32);
      session.run(closed, output);
      closed.close();
      assertThatThrownBy(() -> session.run(closed, output))
          .isInstanceOf(IllegalStateException.class);
      output.transform(old -> Double.NaN);
      session.run(data.input(), output);
      Outputs.assertExact(CASE, output.toDoubleArray(), data.run(reference(), DataType.FLOAT32));
    }
  }
}
