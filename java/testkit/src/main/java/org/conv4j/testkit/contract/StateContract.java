package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.State;
import org.conv4j.lowering.Step;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Convolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Slice;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.weights.Constant;
import org.junit.jupiter.api.Test;

/** A session keeps the states of a program from run to run. */
abstract class StateContract extends Contract {
  private static final int CHANNELS = 16;
  private static final int DELAY = 3;
  private static final int RUNS = 20_000;
  private static final IntTuple FROM_BEGIN = IntTuple.of(0, 0, 0);
  private static final IntTuple EACH = IntTuple.of(1, 1, 1);

  StateContract(EngineContract whole) {
    super(whole);
  }

  private static Shape frames(int count) {
    return Shape.of(1, count, CHANNELS);
  }

  private static State state(int value, Shape shape, int next) {
    return new State(value, ValueType.of(DataType.FLOAT32, shape), next);
  }

  private static Program program(
      Shape input, State state, List<Step> steps, int output, Shape outputShape) {
    return new Program(
        List.of(ValueType.of(DataType.FLOAT32, input)),
        Map.of(),
        List.of(state),
        steps,
        List.of(output),
        List.of(outputShape));
  }

  /** Returns the sum of all inputs so far. */
  private static Program accumulator() {
    Shape shape = frames(4);
    Binary sum = new Binary(shape, shape, BinaryFunction.ADD, Activation.LINEAR);
    Eltwise copy = new Eltwise(shape, ElementwiseFunction.ABSOLUTE);
    return program(
        shape,
        state(1, shape, 2),
        List.of(
            new Step("sum", sum, List.of(1, 0), 2, List.of()),
            new Step("result", copy, List.of(2), 3, List.of())),
        3,
        shape);
  }

  /** Puts the last frames of what came before in front of the input, and keeps its last ones. */
  private static List<Step> history(int kept, int given) {
    Concat joined = new Concat(List.of(frames(kept), frames(given)), 1);
    Slice last = new Slice(joined.output(), IntTuple.of(0, given, 0), EACH, frames(kept));
    return List.of(
        new Step("joined", joined, List.of(1, 0), 2, List.of()),
        new Step("kept", last, List.of(2), 3, List.of()));
  }

  private static Program delayLine(int given) {
    Shape joined = frames(DELAY + given);
    Slice first = new Slice(joined, FROM_BEGIN, EACH, frames(given));
    List<Step> steps =
        List.of(
            history(DELAY, given).get(0),
            history(DELAY, given).get(1),
            new Step("result", first, List.of(2), 4, List.of()));
    return program(frames(given), state(1, frames(DELAY), 3), steps, 4, frames(given));
  }

  /** A causal convolution of three taps, as many frames at a time as are given. */
  private static Program causal(int given) {
    IntTuple one = IntTuple.of(1);
    IntTuple none = IntTuple.of(0);
    Window window = new Window(IntTuple.of(3), one, one, none, none);
    Convolution convolution =
        new Convolution(frames(2 + given), frames(given), window, 1, false, Activation.LINEAR);
    double[] kernel = new double[3 * CHANNELS * CHANNELS];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = i % 7 - 3;
    }
    Constant weights = Constant.of(convolution.constants().get(0), kernel);
    List<Step> steps =
        List.of(
            history(2, given).get(0),
            history(2, given).get(1),
            new Step("result", convolution, List.of(2), 4, List.of(weights)));
    return program(frames(given), state(1, frames(2), 3), steps, 4, frames(given));
  }

  private Plan compile(Program program, DataType dataType) {
    CompileOptions exact = CompileOptions.DEFAULT.withExact(true);
    return Plan.compile(program.as(dataType), engine(), exact);
  }

  /** What a session returns for frames that are all a number. */
  private static double[] run(Session session, double number) {
    DataType dataType = session.plan().dataType();
    try (Tensor input = Tensor.allocate(dataType, session.plan().inputShape());
        Tensor output = Tensor.allocate(dataType, session.plan().outputShape())) {
      input.transform(zero -> number);
      session.run(input, output);
      return output.toDoubleArray();
    }
  }

  private static void assertAll(double[] values, double expected) {
    assertThat(values).containsOnly(expected);
  }

  @Test
  void anAccumulatorAddsUpWhatItIsGivenUntilItIsReset() {
    for (DataType dataType : engine().dataTypes()) {
      try (Plan plan = compile(accumulator(), dataType);
          Session session = plan.newSession()) {
        assertThat(plan.keepsState()).isTrue();
        assertAll(run(session, 1), 1);
        assertAll(run(session, 2), 3);
        assertAll(run(session, 3), 6);
        session.reset();
        assertAll(run(session, 4), 4);
        session.reset();
        session.reset();
        assertAll(run(session, 5), 5);
        assertAll(run(session, 6), 11);
      }
    }
  }

  @Test
  void aDelayLineReturnsTheFramesThatCameBefore() {
    for (DataType dataType : engine().dataTypes()) {
      try (Plan plan = compile(delayLine(1), dataType);
          Session session = plan.newSession()) {
        for (int frame = 1; frame < 10; frame++) {
          assertAll(run(session, frame), Math.max(0, frame - DELAY));
        }
      }
    }
  }

  @Test
  void aCausalConvolutionIsTheSameFrameByFrameAndAtOnce() {
    int count = 12;
    for (DataType dataType : engine().dataTypes()) {
      try (Tensor input = Tensor.allocate(dataType, frames(count));
          Tensor whole = Tensor.allocate(dataType, frames(count));
          Tensor stream = Tensor.allocate(dataType, frames(count));
          Plan atOnce = compile(causal(count), dataType);
          Session offline = atOnce.newSession()) {
        int[] position = {0};
        input.transform(zero -> position[0]++ % 11 - 5);
        offline.run(input, whole);
        for (int chunk : new int[] {1, 3, 4}) {
          try (Plan plan = compile(causal(chunk), dataType);
              Session session = plan.newSession()) {
            for (int at = 0; at < count; at += chunk) {
              long first = (long) at * CHANNELS;
              session.run(input.slice(first, frames(chunk)), stream.slice(first, frames(chunk)));
            }
          }
          assertThat(stream.toDoubleArray()).containsExactly(whole.toDoubleArray());
        }
      }
    }
  }

  @Test
  void sessionsOfAPlanKeepStatesOfTheirOwn() {
    try (Plan plan = compile(accumulator(), DataType.FLOAT32);
        Session one = plan.newSession();
        Session other = plan.newSession()) {
      assertAll(run(one, 1), 1);
      assertAll(run(other, 10), 10);
      assertAll(run(one, 1), 2);
      one.reset();
      assertAll(run(other, 10), 20);
    }
  }

  @Test
  void aRunThatFailsChangesNoState() {
    try (Plan plan = compile(accumulator(), DataType.FLOAT32);
        Session session = plan.newSession();
        Tensor input = Tensor.allocate(DataType.FLOAT32, plan.inputShape());
        Tensor wrong = Tensor.allocate(DataType.FLOAT32, Shape.of(1))) {
      assertAll(run(session, 1), 1);
      input.transform(zero -> 1);
      assertThatThrownBy(() -> session.run(input, wrong))
          .isInstanceOf(ShapeMismatchException.class);
      assertAll(run(session, 1), 2);
    }
  }

  @Test
  void aClosedSessionCannotBeReset() {
    try (Plan plan = compile(accumulator(), DataType.FLOAT32)) {
      Session session = plan.newSession();
      session.close();
      assertThatThrownBy(session::reset).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void runsThatKeepAStateAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Plan plan = compile(delayLine(1), DataType.FLOAT32);
        Session session = plan.newSession();
        Tensor input = Tensor.allocate(DataType.FLOAT32, plan.inputShape());
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      for (int i = 0; i < RUNS; i++) {
        session.run(input, output);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        session.run(input, output);
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat((double) allocated / RUNS).as("bytes per run").isLessThan(1);
    }
  }
}
