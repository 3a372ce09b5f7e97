package org.conv4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Op;
import org.conv4j.op.Permute;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.portable.JavaEngine;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs with several inputs, outputs and constants. */
class GraphSessionTest {
  private static final Shape PAIR = Shape.of(1, 2);
  private static final Shape SIX = Shape.of(1, 6);

  static List<Engine> engines() {
    return List.of(new ReferenceEngine(), new JavaEngine());
  }

  private static Step step(BinaryFunction function, int left, int right, int output) {
    Op op = new Binary(PAIR, PAIR, function, Activation.LINEAR);
    return new Step("layer", op, List.of(left, right), output, List.of());
  }

  /** Of a and b, a + b and the product of that with b. */
  private static Program sumAndProduct() {
    return Program.of(
        List.of(PAIR, PAIR),
        Map.of(),
        List.of(step(BinaryFunction.ADD, 0, 1, 2), step(BinaryFunction.MULTIPLY, 2, 1, 3)),
        List.of(3, 2),
        List.of(PAIR, PAIR));
  }

  private static Plan compile(Program program, Engine engine) {
    return Plan.compile(program.as(DataType.FLOAT64), engine, CompileOptions.DEFAULT);
  }

  private static Tensor pair(double first, double second) {
    return Tensor.of(PAIR, new double[] {first, second});
  }

  private static Tensor[] only(Tensor... tensors) {
    return tensors;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anOutputMayBeReadByLaterSteps(Engine engine) {
    try (Plan plan = compile(sumAndProduct(), engine);
        Session session = plan.newSession();
        Tensor product = pair(0, 0);
        Tensor sum = pair(0, 0)) {
      session.run(only(pair(1, 2), pair(10, 20)), only(product, sum));
      assertThat(sum.toDoubleArray()).containsExactly(11, 22);
      assertThat(product.toDoubleArray()).containsExactly(110, 440);
      session.run(only(pair(1, 1), pair(2, 2)), only(sum, product));
      assertThat(sum.toDoubleArray()).containsExactly(6, 6);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void oneTensorMayBeGivenForTwoInputs(Engine engine) {
    try (Plan plan = compile(sumAndProduct(), engine);
        Session session = plan.newSession();
        Tensor both = pair(3, 4);
        Tensor product = pair(0, 0);
        Tensor sum = pair(0, 0)) {
      session.run(only(both, both), only(product, sum));
      assertThat(product.toDoubleArray()).containsExactly(18, 32);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void constantsOutliveTheTensorsTheyCameFrom(Engine engine) {
    Tensor constant = Tensor.of(PAIR, new float[] {100, 200});
    Program program =
        Program.of(
            List.of(PAIR),
            Map.of(1, new Constant.Given(constant)),
            List.of(step(BinaryFunction.SUBTRACT, 1, 0, 2)),
            List.of(2),
            List.of(PAIR));
    try (Plan plan = compile(program, engine);
        Session session = plan.newSession();
        Tensor output = pair(0, 0)) {
      constant.close();
      session.run(pair(1, 2), output);
      assertThat(output.toDoubleArray()).containsExactly(99, 198);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aValueMayBeReadAndReturnedInOtherShapes(Engine engine) {
    Permute transpose = new Permute(Shape.of(2, 3), IntTuple.of(1, 0));
    Permute back = new Permute(Shape.of(2, 3), IntTuple.of(1, 0));
    Program program =
        Program.of(
            List.of(SIX),
            Map.of(),
            List.of(
                new Step("a", transpose, List.of(0), 1, List.of()),
                new Step("b", back, List.of(1), 2, List.of())),
            List.of(2),
            List.of(SIX));
    try (Plan plan = compile(program, engine);
        Session session = plan.newSession();
        Tensor input = Tensor.of(SIX, new double[] {1, 2, 3, 4, 5, 6});
        Tensor output = Tensor.allocate(DataType.FLOAT64, SIX)) {
      session.run(input, output);
      // Transposed, (1, 4, 2, 5, 3, 6) is read as two rows of three.
      assertThat(output.toDoubleArray()).containsExactly(1, 5, 4, 3, 2, 6);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void inputsAndConstantsThatAreReturnedAreCopied(Engine engine) {
    try (Tensor constant = pair(7, 8)) {
      Lowering lowering = new Lowering(List.of(PAIR));
      Value input = lowering.input(0);
      Value seven = lowering.constant(new Constant.Given(constant));
      Value column = lowering.reshape("column", input, Shape.of(2, 1));
      Program program = lowering.finish(List.of(input, seven, input, column));
      assertThat(program.outputs()).doesNotHaveDuplicates();
      try (Plan plan = compile(program, engine);
          Session session = plan.newSession();
          Tensor first = pair(0, 0);
          Tensor second = pair(0, 0);
          Tensor third = pair(0, 0);
          Tensor fourth = Tensor.allocate(DataType.FLOAT64, Shape.of(2, 1))) {
        session.run(only(pair(1, 2)), only(first, second, third, fourth));
        assertThat(first.toDoubleArray()).containsExactly(1, 2);
        assertThat(second.toDoubleArray()).containsExactly(7, 8);
        assertThat(third.toDoubleArray()).containsExactly(1, 2);
        assertThat(fourth.toDoubleArray()).containsExactly(1, 2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anotherNumberOfTensorsIsRefused(Engine engine) {
    try (Plan plan = compile(sumAndProduct(), engine);
        Session session = plan.newSession()) {
      assertThatThrownBy(() -> session.run(pair(1, 2), pair(0, 0)))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessage("The plan has 2 inputs; given 1.");
      assertThatThrownBy(() -> session.run(only(pair(1, 2), pair(1, 2)), only(pair(0, 0))))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessage("The plan has 2 outputs; given 1.");
      assertThatThrownBy(plan::inputShape).isInstanceOf(ShapeMismatchException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void sharedMemoryIsRefusedForEveryOutput(Engine engine) {
    try (Plan plan = compile(sumAndProduct(), engine);
        Session session = plan.newSession();
        Tensor a = pair(1, 2);
        Tensor b = pair(3, 4);
        Tensor c = pair(0, 0)) {
      assertThatThrownBy(() -> session.run(only(a, b), only(c, b)))
          .isInstanceOf(InvalidBufferException.class);
      assertThatThrownBy(() -> session.run(only(a, b), only(a, c)))
          .isInstanceOf(InvalidBufferException.class);
      assertThatThrownBy(() -> session.run(only(a, b), only(c, c.reshape(PAIR))))
          .isInstanceOf(InvalidBufferException.class)
          .hasMessageContaining("Two output tensors");
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aClosedTensorAmongOthersLeavesTheSessionUsableAndNothingHeld(Engine engine) {
    try (Plan plan = compile(sumAndProduct(), engine);
        Session session = plan.newSession()) {
      Tensor a = pair(1, 2);
      Tensor closed = pair(3, 4);
      closed.close();
      assertThatThrownBy(() -> session.run(only(a, closed), only(pair(0, 0), pair(0, 0))))
          .isInstanceOf(IllegalStateException.class);
      a.close();
      assertThatThrownBy(a::toDoubleArray).isInstanceOf(IllegalStateException.class);
      Tensor sum = pair(0, 0);
      session.run(only(pair(1, 2), pair(3, 4)), only(pair(0, 0), sum));
      assertThat(sum.toDoubleArray()).containsExactly(4, 6);
    }
  }
}
