package org.conv4j.testkit.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.engine.CompileOptions;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.Eltwise;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class InexactReferenceTest {
  private static final Shape SHAPE = Shape.of(4);

  @Test
  void functionsAreOffByTheirBound() {
    double[] answers = run(Activation.SOFTPLUS, Activation.LINEAR);
    double largest = 0;
    for (int i = 0; i < answers.length; i++) {
      double exact = Activation.SOFTPLUS.apply(i);
      largest = Math.max(largest, Math.abs(answers[i] - exact) / bound(exact));
    }
    assertThat(largest).isBetween(0.9, 1.1);
  }

  /** An exponential that is too small for float32 is lost, and its quotient by itself is none. */
  @Test
  void whatIsTooSmallForTheTypeIsLost() {
    boolean lost = false;
    for (int seed = 0; seed < 8; seed++) {
      double[] answers =
          run(
              seed,
              ElementwiseFunction.EXPONENTIAL,
              ElementwiseFunction.RECIPROCAL,
              0f,
              -50f,
              -100f,
              -120f);
      lost |= Double.isInfinite(answers[3]);
      assertThat(answers[0]).isFinite();
    }
    assertThat(lost).isTrue();
  }

  @Test
  void whatFollowsMagnifiesErrors() {
    double exact = Math.exp(Activation.SOFTPLUS.apply(3));
    double largest = 0;
    for (int seed = 0; seed < 8; seed++) {
      double[] answers =
          run(seed, Activation.SOFTPLUS, ElementwiseFunction.EXPONENTIAL, 0f, 1f, 2f, 3f);
      largest = Math.max(largest, Math.abs(answers[3] - exact));
    }
    assertThat(largest).isGreaterThan(2 * bound(exact));
  }

  @Test
  void copiesAreRoundedAtMost() {
    double[] answers = run(Activation.LINEAR, Activation.RELU);
    assertThat(answers[0]).isZero();
    assertThat(answers[3]).isBetween(3 - 0x1p-20, 3 + 0x1p-20);
  }

  private static double bound(double value) {
    return ErrorBound.function(DataType.FLOAT32) * (1 + value);
  }

  /** Two functions of 0, 1, 2, 3. */
  private static double[] run(Elementwise first, Elementwise second) {
    return run(1, first, second, 0f, 1f, 2f, 3f);
  }

  private static double[] run(int seed, Elementwise first, Elementwise second, float... values) {
    List<Step> steps =
        List.of(
            new Step("first", new Eltwise(SHAPE, first), List.of(0), 1, List.of()),
            new Step("second", new Eltwise(SHAPE, second), List.of(1), 2, List.of()));
    Program program = Program.of(List.of(SHAPE), Map.of(), steps, List.of(2), List.of(SHAPE));
    InexactReference engine = new InexactReference(new Random(seed));
    try (Plan plan = Plan.compile(program, engine, CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor input = Tensor.of(SHAPE, values);
        Tensor output = Tensor.allocate(DataType.FLOAT32, SHAPE)) {
      session.run(input, output);
      return output.toDoubleArray();
    }
  }
}
