package org.conv4j.keras.operation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.activation.Softmax;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.layer.ActivationReader;
import org.conv4j.keras.layer.Config;
import org.conv4j.layer.core.Identity;

/** The operations that change each element on its own, or along one axis as softmax does. */
public final class ElementwiseOperations {
  public static final String CAST = "Cast";

  /** Those without arguments, by Keras 3's names of their classes. */
  private static final Map<String, Activation> FUNCTIONS =
      Map.ofEntries(
          Map.entry("Abs", ElementwiseFunction.ABSOLUTE),
          Map.entry("Absolute", ElementwiseFunction.ABSOLUTE),
          Map.entry("Arccos", ElementwiseFunction.ARC_COSINE),
          Map.entry("Arccosh", ElementwiseFunction.INVERSE_HYPERBOLIC_COSINE),
          Map.entry("Arcsin", ElementwiseFunction.ARC_SINE),
          Map.entry("Arcsinh", ElementwiseFunction.INVERSE_HYPERBOLIC_SINE),
          Map.entry("Arctan", ElementwiseFunction.ARC_TANGENT),
          Map.entry("Arctanh", ElementwiseFunction.INVERSE_HYPERBOLIC_TANGENT),
          Map.entry("Cbrt", ElementwiseFunction.CUBE_ROOT),
          Map.entry("Ceil", ElementwiseFunction.CEILING),
          Map.entry("Cos", ElementwiseFunction.COSINE),
          Map.entry("Cosh", ElementwiseFunction.HYPERBOLIC_COSINE),
          Map.entry("Deg2rad", ElementwiseFunction.DEGREES_TO_RADIANS),
          Map.entry("Erf", ElementwiseFunction.ERROR_FUNCTION),
          Map.entry("Exp", Activation.EXPONENTIAL),
          Map.entry("Exp2", ElementwiseFunction.POWER_OF_TWO),
          Map.entry("Expm1", ElementwiseFunction.EXPONENTIAL_MINUS_ONE),
          Map.entry("Fabs", ElementwiseFunction.ABSOLUTE),
          Map.entry("Floor", ElementwiseFunction.FLOOR),
          Map.entry("HardSilu", Activation.HARD_SILU),
          Map.entry("HardTanh", Activation.HARD_TANH),
          Map.entry("Log", ElementwiseFunction.LOGARITHM),
          Map.entry("Log10", ElementwiseFunction.DECIMAL_LOGARITHM),
          Map.entry("Log1p", ElementwiseFunction.LOGARITHM_OF_ONE_PLUS),
          Map.entry("Log2", ElementwiseFunction.BINARY_LOGARITHM),
          Map.entry("LogSigmoid", Activation.LOG_SIGMOID),
          Map.entry("Mish", Activation.MISH),
          Map.entry("Negative", ElementwiseFunction.NEGATIVE),
          Map.entry("Rad2deg", ElementwiseFunction.RADIANS_TO_DEGREES),
          Map.entry("Reciprocal", ElementwiseFunction.RECIPROCAL),
          Map.entry("Relu", Activation.RELU),
          Map.entry("Relu6", Activation.RELU6),
          Map.entry("Rsqrt", ElementwiseFunction.RECIPROCAL_SQUARE_ROOT),
          Map.entry("Selu", Activation.SELU),
          Map.entry("Sigmoid", Activation.SIGMOID),
          Map.entry("Sign", ElementwiseFunction.SIGN),
          Map.entry("Silu", Activation.SILU),
          Map.entry("Sin", ElementwiseFunction.SINE),
          Map.entry("Sinc", ElementwiseFunction.SINC),
          Map.entry("Sinh", ElementwiseFunction.HYPERBOLIC_SINE),
          Map.entry("Softplus", Activation.SOFTPLUS),
          Map.entry("Softsign", Activation.SOFTSIGN),
          Map.entry("SparsePlus", Activation.SPARSE_PLUS),
          Map.entry("SparseSigmoid", Activation.SPARSE_SIGMOID),
          Map.entry("Sqrt", ElementwiseFunction.SQUARE_ROOT),
          Map.entry("Square", ElementwiseFunction.SQUARE),
          Map.entry("Tan", ElementwiseFunction.TANGENT),
          Map.entry("Tanh", Activation.TANH),
          Map.entry("TanhShrink", Activation.TANH_SHRINK),
          Map.entry("Trunc", ElementwiseFunction.TRUNCATE));

  /** What returns its operand as it is, of real numbers. */
  private static final List<String> SAME =
      List.of("Conj", "Conjugate", "Copy", "Identity", "Real", "StopGradient");

  private ElementwiseOperations() {}

  static void addTo(Map<String, Function<OperationCall, OperationLayer>> readers) {
    FUNCTIONS.forEach((name, function) -> readers.put(name, call -> activation(call, function)));
    Map.<String, Function<Config, Activation>>of(
            "Celu", config -> new Elementwise.Celu(config.real("alpha", 1)),
            "Clip", ElementwiseOperations::clip,
            "Elu", config -> new Elementwise.Elu(config.real("alpha", 1)),
            "Gelu", ElementwiseOperations::gelu,
            "LeakyRelu", ElementwiseOperations::leakyRelu,
            "ReLU", ElementwiseOperations::relu,
            "Squareplus", config -> new Elementwise.Squareplus(config.real("b", 4)))
        .forEach((name, function) -> put(readers, name, function));
    put(readers, "HardSigmoid", config -> ActivationReader.hardSigmoid(config.writer()));
    put(readers, "HardShrink", config -> new Elementwise.HardShrink(threshold(config)));
    put(readers, "SoftShrink", config -> new Elementwise.SoftShrink(threshold(config)));
    put(readers, "Softmax", config -> new Softmax(config.number("axis", -1), false));
    put(readers, "LogSoftmax", config -> new Softmax(config.number("axis", -1), true));
    put(readers, "Round", ElementwiseOperations::round);
    for (String same : SAME) {
      readers.put(same, ElementwiseOperations::identity);
    }
    readers.put(CAST, ElementwiseOperations::cast);
  }

  private static void put(
      Map<String, Function<OperationCall, OperationLayer>> readers,
      String name,
      Function<Config, Activation> function) {
    readers.put(name, call -> activation(call, function.apply(call.config())));
  }

  static OperationLayer activation(OperationCall call, Activation function) {
    return call.of(1, new org.conv4j.layer.activation.Activation(call.name(), function));
  }

  private static OperationLayer identity(OperationCall call) {
    return call.of(1, new Identity(call.name(), call.className()));
  }

  /** Everything is computed in one type; only a type that drops fractions would matter. */
  private static OperationLayer cast(OperationCall call) {
    JsonNode dtype = call.config().get("dtype");
    JsonNode name = dtype.isObject() ? dtype.path("config").path("name") : dtype;
    if (!name.isMissingNode() && !name.asText().contains("float")) {
      throw call.config().invalid("dtype", "a floating-point type", name);
    }
    return identity(call);
  }

  private static double threshold(Config config) {
    return config.real("threshold", 0.5);
  }

  /** Rounding to some decimal place would need a scale. */
  private static Activation round(Config config) {
    if (config.number("decimals", 0) != 0) {
      throw config.invalid("decimals", "0", config.get("decimals"));
    }
    return ElementwiseFunction.ROUND;
  }

  private static Activation clip(Config config) {
    return new Elementwise.Clip(
        limit(config, "x_min", Double.NEGATIVE_INFINITY),
        limit(config, "x_max", Double.POSITIVE_INFINITY));
  }

  private static double limit(Config config, String argument, double otherwise) {
    return config.has(argument) ? config.real(argument, otherwise) : otherwise;
  }

  private static Activation gelu(Config config) {
    return config.flag("approximate", true) ? Activation.GELU_TANH : Activation.GELU;
  }

  private static Activation leakyRelu(Config config) {
    double slope = config.real("negative_slope", 0.2);
    return new Elementwise.Relu(Double.POSITIVE_INFINITY, slope, 0);
  }

  private static Activation relu(Config config) {
    return new Elementwise.Relu(
        limit(config, "max_value", Double.POSITIVE_INFINITY),
        config.real("negative_slope", 0),
        config.real("threshold", 0));
  }
}
