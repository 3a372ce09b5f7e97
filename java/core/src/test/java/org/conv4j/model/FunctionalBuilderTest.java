package org.conv4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Multiply;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

class FunctionalBuilderTest {
  private static final Shape PAIR = Shape.of(1, 2, 1);
  private static final Conv1D TIMES = Conv1D.of(1, 1).useBias(false);

  private final FunctionalBuilder builder = Model.functional();
  private final SymbolicTensor a = builder.input("a", 1, 2, 1);

  private static Weights factor(double factor) {
    return Weights.of(Tensor.of(Shape.of(1, 1, 1), factor));
  }

  /** Runs a model whose inputs and outputs are pairs of numbers. */
  private static List<double[]> run(Model model, double[]... inputs) {
    List<Shape> shapes = new ArrayList<>();
    List<Tensor> given = new ArrayList<>();
    for (double[] input : inputs) {
      shapes.add(PAIR);
      given.add(Tensor.of(PAIR, input));
    }
    try (Plan plan =
            model.compile(shapes, DataType.FLOAT64, new ReferenceEngine(), CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      List<Tensor> results = new ArrayList<>();
      for (Shape shape : plan.outputShapes()) {
        results.add(Tensor.allocate(DataType.FLOAT64, shape));
      }
      session.run(given.toArray(Tensor[]::new), results.toArray(Tensor[]::new));
      return results.stream().map(Tensor::toDoubleArray).toList();
    }
  }

  private static double[] pair(double first, double second) {
    return new double[] {first, second};
  }

  @Test
  void branchesJoin() {
    SymbolicTensor twice = builder.apply(TIMES.name("twice"), factor(2), a);
    SymbolicTensor sum = builder.apply(Add.of(), Weights.none(), twice, a);
    assertThat(run(builder.build(sum), pair(1, 10))).containsExactly(pair(3, 30));
  }

  @Test
  void severalInputsAndOutputsKeepTheirOrder() {
    SymbolicTensor b = builder.input("b", 1, 2, 1);
    SymbolicTensor product = builder.apply(Multiply.of(), Weights.none(), a, b);
    SymbolicTensor scaled = builder.apply(TIMES.name("scaled"), factor(-1), b);
    Model model = builder.build(scaled, product, a);
    assertThat(model.outputNames()).containsExactly("scaled", "multiply", "a");
    assertThat(run(model, pair(2, 3), pair(5, 7)))
        .containsExactly(pair(-5, -7), pair(10, 21), pair(2, 3));
  }

  @Test
  void aSharedLayerIsAppliedTwiceWithTheSameWeights() {
    Weights weights = factor(3);
    SymbolicTensor once = builder.apply(TIMES, weights, a);
    SymbolicTensor again = builder.apply(TIMES, weights, once);
    Model model = builder.build(once, again);
    assertThat(model.outputNames()).containsExactly("conv1d", "conv1d_1");
    assertThat(run(model, pair(1, 2))).containsExactly(pair(3, 6), pair(9, 18));
  }

  @Test
  void anotherLayerOfTheSameNameIsRefused() {
    builder.apply(TIMES, factor(1), a);
    assertThatThrownBy(() -> builder.apply(TIMES, factor(1), a))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining("'conv1d'");
    Weights none = Weights.none();
    builder.apply(Add.of().name("x"), none, a, a);
    assertThatThrownBy(() -> builder.apply(Multiply.of().name("x"), none, a, a))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining("'x'");
  }

  @Test
  void twoInputsOfOneNameAreRefused() {
    assertThatThrownBy(() -> builder.input("a", 1, 2, 1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("'a'");
  }

  @Test
  void aTensorOfAnotherBuilderIsRefused() {
    SymbolicTensor foreign = Model.functional().input("a", 1, 2, 1);
    assertThatThrownBy(() -> builder.apply(TIMES, factor(1), foreign))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining("conv1d");
    assertThatThrownBy(() -> builder.build(foreign)).isInstanceOf(InvalidLayerException.class);
  }

  @Test
  void whatNoOutputNeedsIsLeftOut() {
    SymbolicTensor used = builder.apply(TIMES.name("used"), factor(2), a);
    builder.apply(TIMES.name("unused"), factor(5), used);
    SymbolicTensor last = builder.apply(TIMES.name("last"), factor(2), used);
    Model model = builder.build(last);
    assertThat(model.nodes()).extracting(Node::path).containsExactly("used", "last");
    assertThat(run(model, pair(1, 2))).containsExactly(pair(4, 8));
  }

  @Test
  void anInputThatNoOutputNeedsIsStillGiven() {
    SymbolicTensor b = builder.input("b", 1, 2, 1);
    Model model = builder.build(builder.apply(TIMES, factor(2), b));
    assertThat(run(model, pair(100, 100), pair(1, 2))).containsExactly(pair(2, 4));
  }

  @Test
  void oneTensorMayBeSeveralOutputs() {
    SymbolicTensor twice = builder.apply(TIMES, factor(2), a);
    Model model = builder.build(twice, a, twice, a);
    assertThat(model.outputNames()).containsExactly("conv1d", "a", "conv1d_1", "a_1");
    assertThat(run(model, pair(1, 2)))
        .containsExactly(pair(2, 4), pair(1, 2), pair(2, 4), pair(1, 2));
  }

  @Test
  void aNestedModelIsWrittenOutUnderItsName() {
    FunctionalBuilder inner = Model.functional();
    SymbolicTensor x = inner.input("x", 1, 2, 1);
    SymbolicTensor y = inner.input("y", 1, 2, 1);
    SymbolicTensor scaled = inner.apply(TIMES, factor(10), x);
    Model nested = inner.build(inner.apply(Add.of(), Weights.none(), scaled, y), x);
    SymbolicTensor b = builder.apply(TIMES, factor(2), a);
    List<SymbolicTensor> results = builder.apply("inner", nested, a, b);
    Model model = builder.build(results.toArray(SymbolicTensor[]::new));
    assertThat(model.nodes())
        .extracting(Node::path)
        .containsExactly("conv1d", "inner/conv1d", "inner/add");
    assertThat(run(model, pair(1, 2))).containsExactly(pair(12, 24), pair(1, 2));
  }

  @Test
  void aNestedModelMayBeSharedAndNestedAgain() {
    FunctionalBuilder innermost = Model.functional();
    SymbolicTensor x = innermost.input("x", 1, 2, 1);
    Model times = innermost.build(innermost.apply(TIMES, factor(3), x));
    FunctionalBuilder middle = Model.functional();
    SymbolicTensor m = middle.input("m", 1, 2, 1);
    SymbolicTensor once = middle.apply("times", times, m).get(0);
    Model square = middle.build(middle.apply("times", times, once).get(0));
    Model model = builder.build(builder.apply("outer", square, a).get(0));
    assertThat(model.nodes())
        .extracting(Node::path)
        .containsExactly("outer/times/conv1d", "outer/times/conv1d");
    assertThat(run(model, pair(1, 2))).containsExactly(pair(9, 18));
  }

  @Test
  void twoNestedModelsOfOneNameAreRefused() {
    for (int i = 0; i < 2; i++) {
      FunctionalBuilder inner = Model.functional();
      Model nested = inner.build(inner.apply(TIMES, factor(i), inner.input("x", 1, 2, 1)));
      if (i == 0) {
        builder.apply("inner", nested, a);
      } else {
        assertThatThrownBy(() -> builder.apply("inner", nested, a))
            .isInstanceOf(InvalidLayerException.class)
            .hasMessageContaining("'inner/conv1d'");
      }
    }
  }

  @Test
  void aNestedModelNeedsAllItsInputs() {
    FunctionalBuilder inner = Model.functional();
    Model nested = inner.build(inner.apply(TIMES, factor(1), inner.input("x", 1, 2, 1)));
    assertThatThrownBy(() -> builder.apply("inner", nested, a, a))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("Model 'inner' takes 1 inputs; given 2.");
  }

  @Test
  void outputsNeedNamesOfTheirOwn() {
    assertThatThrownBy(builder::build).isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> builder.build(List.of("y", "y"), Arrays.asList(a, a)))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> builder.build(List.of(), Arrays.asList(a)))
        .isInstanceOf(InvalidArgumentException.class);
  }
}
