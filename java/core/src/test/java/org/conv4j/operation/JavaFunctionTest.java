package org.conv4j.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.FunctionFailedException;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.ReductionKind;
import org.conv4j.layer.Layer;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.merging.Add;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.op.TensorFunction;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JavaFunctionTest {
  private static final Shape IMAGES = Shape.of(4, 5, 6, 2);

  static Stream<Arguments> enginesAndTypes() {
    return Engines.all().stream()
        .filter(Engine::isAvailable)
        .flatMap(
            engine ->
                Stream.of(DataType.FLOAT32, DataType.FLOAT64)
                    .map(type -> Arguments.of(engine, type)));
  }

  /** The sum of each row of channels. */
  private static void sums(List<Tensor> inputs, Tensor output) {
    int channels = inputs.get(0).shape().intDim(-1);
    double[] in = inputs.get(0).toDoubleArray();
    double[] out = new double[in.length / channels];
    for (int i = 0; i < in.length; i++) {
      out[i / channels] += in[i];
    }
    output.write(0, out, 0, out.length);
  }

  private static Shape withoutLast(List<Shape> inputs) {
    Shape in = inputs.get(0);
    return Shape.open(in.extent(0), in.extent(1), in.extent(2));
  }

  private static JavaFunction layer(TensorFunction function) {
    return JavaFunction.of("sums", JavaFunctionTest::withoutLast, function);
  }

  /** A layer between a convolution and a dense layer. */
  private static Model around(Layer layer) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input("x", -1, 5, 6, 2);
    x = builder.apply(Conv2D.of(3, 2), weights(Shape.of(2, 2, 2, 3), 3), x);
    x = builder.apply(layer, Weights.none(), x);
    return builder.build(builder.apply(Dense.of(2), weights(Shape.of(5, 2), 2), x));
  }

  private static Weights weights(Shape kernel, int bias) {
    double[] numbers = new double[(int) kernel.elementCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i * 7 % 5 - 2;
    }
    return Weights.ofConstants(
        Map.of(
            "kernel",
            Constant.of(kernel, numbers),
            "bias",
            new Constant.Filled(Shape.of(bias), 1)));
  }

  private static Plan compile(Model model) {
    Engine engine = Engines.byName("java");
    return model.compile(IMAGES, DataType.FLOAT32, engine, CompileOptions.DEFAULT);
  }

  private static double[] run(Model model, Engine engine, DataType type) {
    try (Plan plan = model.compile(List.of(IMAGES), type, engine, CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      run(session, type);
      return run(session, type);
    }
  }

  private static double[] run(Session session, DataType type) {
    try (Tensor input = Tensor.allocate(type, IMAGES);
        Tensor output = Tensor.allocate(type, session.plan().outputShapes().get(0))) {
      double[] numbers = new double[(int) IMAGES.elementCount()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i * 5 % 7 - 3;
      }
      input.write(0, numbers, 0, numbers.length);
      session.run(input, output);
      return output.toDoubleArray();
    }
  }

  @ParameterizedTest
  @MethodSource("enginesAndTypes")
  void computesWhatLayersDoOnEveryEngine(Engine engine, DataType type) {
    Reduce reduce = new Reduce("sums", ReductionKind.SUM, IntTuple.of(-1), false);
    double[] expected = run(around(reduce), engine, type);
    assertThat(run(around(layer(JavaFunctionTest::sums)), engine, type)).containsExactly(expected);
  }

  @Test
  void isAStepOfItsOwn() {
    try (Plan plan = compile(around(layer(JavaFunctionTest::sums)))) {
      assertThat(plan.steps())
          .filteredOn(step -> step.layer().equals("sums"))
          .singleElement()
          .satisfies(
              step -> {
                assertThat(step.kernel()).isEqualTo("java function");
                assertThat(step.engine()).isEqualTo("program");
                assertThat(step.declined()).isEmpty();
                assertThat(step.threads()).isEqualTo(1);
              });
    }
  }

  @ParameterizedTest
  @MethodSource("enginesAndTypes")
  void namesTheLayerWhoseFunctionThrowsAndRunsAgain(Engine engine, DataType type) {
    AtomicInteger calls = new AtomicInteger();
    TensorFunction function =
        (inputs, output) -> {
          if (calls.getAndIncrement() == 0) {
            throw new IllegalStateException("no idea");
          }
          sums(inputs, output);
        };
    try (Plan plan =
            around(layer(function)).compile(List.of(IMAGES), type, engine, CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      assertThatThrownBy(() -> run(session, type))
          .isInstanceOf(FunctionFailedException.class)
          .hasMessageContainingAll("'sums'", "no idea")
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThat(run(session, type))
          .containsExactly(run(around(layer(JavaFunctionTest::sums)), engine, type));
    }
  }

  @Test
  void refusesAFunctionThatClosesWhatBelongsToTheStep() {
    failsOnce((inputs, output) -> inputs.get(0).close());
    failsOnce((inputs, output) -> output.close());
  }

  private static void failsOnce(TensorFunction closing) {
    AtomicInteger calls = new AtomicInteger();
    TensorFunction function =
        (inputs, output) -> {
          sums(inputs, output);
          if (calls.getAndIncrement() == 0) {
            closing.apply(inputs, output);
          }
        };
    try (Plan plan = compile(around(layer(function)));
        Session session = plan.newSession()) {
      assertThatThrownBy(() -> run(session, DataType.FLOAT32))
          .isInstanceOf(FunctionFailedException.class)
          .hasMessageContainingAll("'sums'", "closed");
      assertThat(run(session, DataType.FLOAT32)).isNotEmpty();
    }
  }

  @Test
  void tensorsThatAreClosedLaterHarmNobody() {
    List<Tensor> kept = new ArrayList<>();
    TensorFunction function =
        (inputs, output) -> {
          kept.add(inputs.get(0));
          sums(inputs, output);
        };
    try (Plan plan = compile(around(layer(function)));
        Session session = plan.newSession()) {
      double[] expected = run(session, DataType.FLOAT32);
      kept.get(0).close();
      assertThatThrownBy(() -> run(session, DataType.FLOAT32))
          .isInstanceOf(FunctionFailedException.class);
      assertThat(run(session, DataType.FLOAT32)).containsExactly(expected);
    }
    assertThat(kept).allMatch(Tensor::isClosed);
  }

  @Test
  void outputsThatAreNotWrittenAreZeros() {
    AtomicInteger calls = new AtomicInteger();
    TensorFunction function =
        (inputs, output) -> {
          if (calls.getAndIncrement() == 0) {
            output.transform(element -> 9);
          }
        };
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input("x", -1, 5, 6, 2);
    Model model = builder.build(builder.apply(layer(function), Weights.none(), x));
    Engine engine = Engines.byName("reference");
    assertThat(run(model, engine, DataType.FLOAT32)).containsOnly(0);
  }

  @Test
  void refusesShapesThatCannotBe() {
    List<JavaFunction.OutputShape> wrong =
        List.of(
            inputs -> null,
            inputs -> Shape.open(Shape.UNKNOWN, 2),
            inputs -> {
              throw new IllegalStateException("no idea");
            });
    for (JavaFunction.OutputShape shapes : wrong) {
      JavaFunction function = JavaFunction.of("sums", shapes, JavaFunctionTest::sums);
      assertThatThrownBy(() -> function.outputShape(List.of(IMAGES)))
          .isInstanceOf(InvalidLayerException.class)
          .hasMessageContainingAll("'sums'", "(4, 5, 6, 2)");
    }
    assertThatThrownBy(
            () ->
                compile(
                    around(
                        JavaFunction.of("sums", inputs -> Shape.of(4, 7), JavaFunctionTest::sums))))
        .hasMessageContaining("dense");
  }

  @Test
  void equalCallsAreNeitherMergedNorLeftOut() {
    AtomicInteger calls = new AtomicInteger();
    TensorFunction counting =
        (inputs, output) -> output.transform(element -> calls.incrementAndGet());
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input("x", -1, 5, 6, 2);
    JavaFunction shared = layer(counting);
    SymbolicTensor first = builder.apply(shared, Weights.none(), x);
    SymbolicTensor second = builder.apply(shared, Weights.none(), x);
    Model model = builder.build(builder.apply(Add.of(), Weights.none(), first, second));
    run(model, Engines.byName("java"), DataType.FLOAT32);
    assertThat(calls.get()).isEqualTo(2 * 2 * 4 * 5 * 6);
  }

  @Test
  void examplesAreApartOnlyIfTheFunctionSaysSo() {
    Model apart = around(layer(JavaFunctionTest::sums).independent(true));
    Model together = around(layer(JavaFunctionTest::sums));
    try (Plan plan = compile(apart);
        Session session = plan.newSession();
        Tensor input = Tensor.allocate(DataType.FLOAT32, IMAGES);
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShapes().get(0))) {
      session.run(input, output, 3);
    }
    try (Plan plan = compile(together);
        Session session = plan.newSession();
        Tensor input = Tensor.allocate(DataType.FLOAT32, IMAGES);
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShapes().get(0))) {
      assertThatThrownBy(() -> session.run(input, output, 3))
          .isInstanceOf(InvalidArgumentException.class);
    }
  }
}
