package org.conv4j.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.conv4j.activation.Elementwise.Celu;
import org.conv4j.activation.Elementwise.Elu;
import org.conv4j.activation.Elementwise.Relu;
import org.conv4j.error.InvalidLayerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseTest {
  record Case(String name, Elementwise function, DoubleUnaryOperator formula) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static double sigmoid(double x) {
    return Math.exp(x) / (Math.exp(x) + 1);
  }

  private static double softplus(double x) {
    return x > 30 ? x : Math.log1p(Math.exp(x));
  }

  /** The normal distribution function by integrating its density with Simpson's rule. */
  private static double normal(double x) {
    int steps = 4000;
    double h = x / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-(i * h) * (i * h) / 2);
    }
    return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  private static double between(double low, double x, double high) {
    return x < low ? low : x > high ? high : x;
  }

  static Stream<Case> functions() {
    return Stream.of(
        new Case("linear", Activation.LINEAR, x -> x),
        new Case("relu", Activation.RELU, x -> x > 0 ? x : 0),
        new Case("relu6", Activation.RELU6, x -> between(0, x, 6)),
        new Case("leaky_relu", Activation.LEAKY_RELU, x -> x > 0 ? x : x / 5),
        new Case("relu(5, 0.5, 1)", new Relu(5, 0.5, 1), x -> x > 5 ? 5 : x > 1 ? x : (x - 1) / 2),
        new Case("elu", Activation.ELU, x -> x > 0 ? x : Math.exp(x) - 1),
        new Case("elu(2)", new Elu(2), x -> x > 0 ? x : 2 * Math.exp(x) - 2),
        new Case(
            "selu",
            Activation.SELU,
            x -> x > 0 ? 1.05070098735548 * x : 1.7580993408473766 * (Math.exp(x) - 1)),
        new Case("celu", Activation.CELU, x -> x > 0 ? x : Math.exp(x) - 1),
        new Case("celu(2)", new Celu(2), x -> x > 0 ? x : 2 * (Math.exp(x / 2) - 1)),
        new Case("sigmoid", Activation.SIGMOID, ElementwiseTest::sigmoid),
        new Case("hard_sigmoid", Activation.HARD_SIGMOID, x -> between(0, x + 3, 6) / 6),
        new Case(
            "hard_sigmoid of Keras 2",
            Activation.HARD_SIGMOID_KERAS_2,
            x -> between(0, x + 2.5, 5) / 5),
        new Case("sparse_sigmoid", Activation.SPARSE_SIGMOID, x -> between(0, x + 1, 2) / 2),
        new Case("log_sigmoid", Activation.LOG_SIGMOID, x -> x - softplus(x)),
        new Case("tanh", Activation.TANH, x -> 2 * sigmoid(2 * x) - 1),
        new Case("hard_tanh", Activation.HARD_TANH, x -> between(-1, x, 1)),
        new Case("tanh_shrink", Activation.TANH_SHRINK, x -> x - 2 * sigmoid(2 * x) + 1),
        new Case("hard_shrink", Activation.HARD_SHRINK, x -> -0.5 <= x && x <= 0.5 ? 0 : x),
        new Case("soft_shrink", Activation.SOFT_SHRINK, x -> x - between(-0.5, x, 0.5)),
        new Case("softplus", Activation.SOFTPLUS, ElementwiseTest::softplus),
        new Case("softsign", Activation.SOFTSIGN, x -> x > 0 ? x / (1 + x) : x / (1 - x)),
        new Case("squareplus", Activation.SQUAREPLUS, x -> x / 2 + Math.hypot(x / 2, 1)),
        new Case(
            "sparse_plus",
            Activation.SPARSE_PLUS,
            x -> x <= -1 ? 0 : x >= 1 ? x : Math.pow(x + 1, 2) / 4),
        new Case("silu", Activation.SILU, x -> x * sigmoid(x)),
        new Case("hard_silu", Activation.HARD_SILU, x -> x * between(0, x + 3, 6) / 6),
        new Case("gelu", Activation.GELU, x -> x * normal(x)),
        new Case(
            "gelu_tanh",
            Activation.GELU_TANH,
            x -> x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * Math.pow(x, 3)))),
        new Case("exponential", Activation.EXPONENTIAL, x -> Math.pow(Math.E, x)),
        new Case("mish", Activation.MISH, x -> x * Math.tanh(softplus(x))),
        new Case("clip", new Elementwise.Clip(-2, 5.5), x -> between(-2, x, 5.5)),
        new Case("negative", ElementwiseFunction.NEGATIVE, x -> 0 - x),
        new Case("absolute", ElementwiseFunction.ABSOLUTE, x -> x < 0 ? 0 - x : x),
        new Case("square", ElementwiseFunction.SQUARE, x -> Math.pow(x, 2)),
        new Case("reciprocal", ElementwiseFunction.RECIPROCAL, x -> Math.pow(x, -1)),
        new Case("square_root", ElementwiseFunction.SQUARE_ROOT, ElementwiseTest::root),
        new Case("reciprocal_root", ElementwiseFunction.RECIPROCAL_SQUARE_ROOT, x -> 1 / root(x)),
        new Case(
            "logarithm", ElementwiseFunction.LOGARITHM, x -> Math.log10(x) / Math.log10(Math.E)),
        new Case("sine", ElementwiseFunction.SINE, x -> Math.cos(x - Math.PI / 2)),
        new Case("cosine", ElementwiseFunction.COSINE, x -> Math.sin(x + Math.PI / 2)),
        new Case("tangent", ElementwiseFunction.TANGENT, x -> Math.sin(x) / Math.cos(x)),
        new Case(
            "arc_sine", ElementwiseFunction.ARC_SINE, x -> Math.atan2(x, Math.sqrt(1 - x * x))),
        new Case(
            "arc_cosine", ElementwiseFunction.ARC_COSINE, x -> Math.atan2(Math.sqrt(1 - x * x), x)),
        new Case(
            "arc_tangent",
            ElementwiseFunction.ARC_TANGENT,
            x -> Math.asin(x / Math.sqrt(1 + x * x))),
        new Case(
            "hyperbolic_sine",
            ElementwiseFunction.HYPERBOLIC_SINE,
            x -> (Math.exp(x) - Math.exp(-x)) / 2),
        new Case(
            "hyperbolic_cosine",
            ElementwiseFunction.HYPERBOLIC_COSINE,
            x -> (Math.exp(x) + Math.exp(-x)) / 2),
        new Case(
            "inverse_hyperbolic_sine",
            ElementwiseFunction.INVERSE_HYPERBOLIC_SINE,
            x -> Math.log(x + Math.hypot(x, 1))),
        new Case(
            "inverse_hyperbolic_cosine",
            ElementwiseFunction.INVERSE_HYPERBOLIC_COSINE,
            x -> x < 1 ? Double.NaN : Math.log(x + Math.sqrt(x * x - 1))),
        new Case(
            "inverse_hyperbolic_tangent",
            ElementwiseFunction.INVERSE_HYPERBOLIC_TANGENT,
            x -> Math.log((1 + x) / (1 - x)) / 2),
        new Case(
            "sinc",
            ElementwiseFunction.SINC,
            x ->
                x == 0
                    ? 1
                    : Math.sin(Math.PI * x / 2) * Math.cos(Math.PI * x / 2) * 2 / x / Math.PI),
        new Case(
            "cube_root",
            ElementwiseFunction.CUBE_ROOT,
            x -> Math.signum(x) * Math.pow(Math.abs(x), 1 / 3.0)),
        new Case(
            "exponential_minus_one",
            ElementwiseFunction.EXPONENTIAL_MINUS_ONE,
            x -> Math.exp(x) - 1),
        new Case("power_of_two", ElementwiseFunction.POWER_OF_TWO, x -> Math.exp(x * Math.log(2))),
        new Case(
            "logarithm_of_one_plus",
            ElementwiseFunction.LOGARITHM_OF_ONE_PLUS,
            x -> Math.log(1 + x)),
        new Case(
            "binary_logarithm",
            ElementwiseFunction.BINARY_LOGARITHM,
            x -> Math.log10(x) / Math.log10(2)),
        new Case(
            "decimal_logarithm",
            ElementwiseFunction.DECIMAL_LOGARITHM,
            x -> Math.log(x) / Math.log(10)),
        new Case(
            "error_function",
            ElementwiseFunction.ERROR_FUNCTION,
            x -> 2 * normal(x * Math.sqrt(2)) - 1),
        new Case("floor", ElementwiseFunction.FLOOR, x -> whole(x, RoundingMode.FLOOR)),
        new Case("ceiling", ElementwiseFunction.CEILING, x -> whole(x, RoundingMode.CEILING)),
        new Case("truncate", ElementwiseFunction.TRUNCATE, x -> whole(x, RoundingMode.DOWN)),
        new Case("round", ElementwiseFunction.ROUND, x -> whole(x, RoundingMode.HALF_EVEN)),
        new Case("sign", ElementwiseFunction.SIGN, x -> x > 0 ? 1 : x < 0 ? -1 : x),
        new Case(
            "degrees_to_radians", ElementwiseFunction.DEGREES_TO_RADIANS, x -> Math.toRadians(x)),
        new Case(
            "radians_to_degrees", ElementwiseFunction.RADIANS_TO_DEGREES, x -> Math.toDegrees(x)));
  }

  private static double whole(double x, RoundingMode mode) {
    return Double.isNaN(x) ? x : new BigDecimal(x).setScale(0, mode).doubleValue();
  }

  private static double root(double x) {
    return x == 0 ? x : Math.exp(0.5 * Math.log(x));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void agreesWithAnIndependentFormula(Case c) {
    DoubleStream fine = DoubleStream.iterate(-9, x -> x <= 9, x -> x + 0.0625);
    DoubleStream special = DoubleStream.of(0, -0.0, 1e-9, -1e-9, 5.5, -1.99999, 2.00001, -2, 2);
    for (double x : DoubleStream.concat(fine, special).toArray()) {
      double expected = c.formula().applyAsDouble(x);
      if (!Double.isFinite(expected)) {
        assertThat(c.function().apply(x)).as("%s(%s)", c, x).isEqualTo(Double.valueOf(expected));
        continue;
      }
      assertThat(c.function().apply(x))
          .as("%s(%s)", c, x)
          .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aNotANumberStaysNotANumberUnlessItIsShrunk(Case c) {
    boolean shrinks =
        c.function() instanceof Elementwise.HardShrink
            || c.function() instanceof Elementwise.SoftShrink;
    assertThat(c.function().apply(Double.NaN)).isEqualTo(Double.valueOf(shrinks ? 0 : Double.NaN));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void largeFiniteInputsNeverGiveNotANumber(Case c) {
    if (Double.isNaN(c.formula().applyAsDouble(1e3))) {
      return;
    }
    double lowest = Double.isNaN(c.formula().applyAsDouble(-2)) ? 1 : -Float.MAX_VALUE;
    for (double x : new double[] {1e3, -1e3, 1e30, -1e30, Float.MAX_VALUE, -Float.MAX_VALUE}) {
      assertThat(c.function().apply(Math.max(x, lowest))).as("%s(%s)", c, x).isNotNaN();
    }
  }

  @ParameterizedTest
  @EnumSource(ElementwiseFunction.class)
  void everyFunctionWithoutParametersHasAnIndependentFormula(ElementwiseFunction function) {
    assertThat(functions().map(Case::function)).contains(function);
  }

  @Test
  void limitsAtInfinity() {
    Map.of(
            Activation.SIGMOID, new double[] {0, 1},
            Activation.TANH, new double[] {-1, 1},
            Activation.RELU, new double[] {0, Double.POSITIVE_INFINITY},
            Activation.RELU6, new double[] {0, 6},
            Activation.ELU, new double[] {-1, Double.POSITIVE_INFINITY},
            Activation.LOG_SIGMOID, new double[] {Double.NEGATIVE_INFINITY, 0},
            Activation.SOFTPLUS, new double[] {0, Double.POSITIVE_INFINITY})
        .forEach(
            (function, limits) ->
                assertThat(
                        DoubleStream.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                            .map(x -> function.apply(x) + 0.0)
                            .toArray())
                    .as(function.toString())
                    .containsExactly(limits));
  }

  @Test
  void theTailOfGeluKeepsItsRelativePrecision() {
    assertThat(Activation.GELU.apply(-6) / -6).isCloseTo(9.865876450376981e-10, within(1e-22));
  }

  @Test
  void illegalParametersAreRefused() {
    for (Runnable illegal :
        Arrays.<Runnable>asList(
            () -> new Relu(-1, 0, 0),
            () -> new Relu(Double.NaN, 0, 0),
            () -> new Relu(1, -0.1, 0),
            () -> new Relu(1, Double.NaN, 0),
            () -> new Relu(1, 0, -1),
            () -> new Elu(Double.NaN),
            () -> new Celu(0),
            () -> new Celu(Double.POSITIVE_INFINITY),
            () -> new Elementwise.HardSigmoid(Double.NaN, 0.5),
            () -> new Elementwise.HardShrink(Double.NaN),
            () -> new Elementwise.SoftShrink(Double.NaN),
            () -> new Elementwise.Squareplus(Double.NaN))) {
      assertThatThrownBy(illegal::run)
          .isInstanceOf(InvalidLayerException.class)
          .hasMessageContaining("must");
    }
  }
}
