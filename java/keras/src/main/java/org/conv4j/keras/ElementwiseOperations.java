package org.conv4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.activation.Softmax;
import org.conv4j.layer.core.Identity;

/** The operations that change each element on its own, or along one axis as softmax does. */
final class ElementwiseOperations {
  static final String CAST = "Cast";

  private ElementwiseOperations() {}

  static void addTo(Map<String, Function<OperationCall, Operation>> readers) {
    Map.<String, Function<Config, Activation>>ofEntries(
            Map.entry("Absolute", config -> ElementwiseFunction.ABSOLUTE),
            Map.entry("Abs", config -> ElementwiseFunction.ABSOLUTE),
            Map.entry("Celu", config -> new Elementwise.Celu(config.real("alpha", 1))),
            Map.entry("Clip", ElementwiseOperations::clip),
            Map.entry("Elu", config -> new Elementwise.Elu(config.real("alpha", 1))),
            Map.entry("Exp", config -> Activation.EXPONENTIAL),
            Map.entry("Gelu", ElementwiseOperations::gelu),
            Map.entry(
                "HardShrink", config -> new Elementwise.HardShrink(config.real("threshold", 0.5))),
            Map.entry("HardSigmoid", config -> ActivationReader.hardSigmoid(config.writer())),
            Map.entry("HardSilu", config -> Activation.HARD_SILU),
            Map.entry("HardTanh", config -> Activation.HARD_TANH),
            Map.entry("LeakyRelu", ElementwiseOperations::leakyRelu),
            Map.entry("Log", config -> ElementwiseFunction.LOGARITHM),
            Map.entry("LogSigmoid", config -> Activation.LOG_SIGMOID),
            Map.entry("LogSoftmax", config -> new Softmax(config.number("axis", -1), true)),
            Map.entry("Mish", config -> Activation.MISH),
            Map.entry("Negative", config -> ElementwiseFunction.NEGATIVE),
            Map.entry("ReLU", ElementwiseOperations::relu),
            Map.entry("Reciprocal", config -> ElementwiseFunction.RECIPROCAL),
            Map.entry("Relu", config -> Activation.RELU),
            Map.entry("Relu6", config -> Activation.RELU6),
            Map.entry("Rsqrt", config -> ElementwiseFunction.RECIPROCAL_SQUARE_ROOT),
            Map.entry("Selu", config -> Activation.SELU),
            Map.entry("Sigmoid", config -> Activation.SIGMOID),
            Map.entry("Silu", config -> Activation.SILU),
            Map.entry(
                "SoftShrink", config -> new Elementwise.SoftShrink(config.real("threshold", 0.5))),
            Map.entry("Softmax", config -> new Softmax(config.number("axis", -1), false)),
            Map.entry("Softplus", config -> Activation.SOFTPLUS),
            Map.entry("Softsign", config -> Activation.SOFTSIGN),
            Map.entry("SparsePlus", config -> Activation.SPARSE_PLUS),
            Map.entry("SparseSigmoid", config -> Activation.SPARSE_SIGMOID),
            Map.entry("Sqrt", config -> ElementwiseFunction.SQUARE_ROOT),
            Map.entry("Square", config -> ElementwiseFunction.SQUARE),
            Map.entry("Squareplus", config -> new Elementwise.Squareplus(config.real("b", 4))),
            Map.entry("Tanh", config -> Activation.TANH),
            Map.entry("TanhShrink", config -> Activation.TANH_SHRINK))
        .forEach(
            (name, function) ->
                readers.put(name, call -> activation(call, function.apply(call.config()))));
    readers.put("StopGradient", ElementwiseOperations::identity);
    readers.put("Identity", ElementwiseOperations::identity);
    readers.put(CAST, ElementwiseOperations::cast);
  }

  static Operation activation(OperationCall call, Activation function) {
    return call.of(1, new org.conv4j.layer.activation.Activation(call.name(), function));
  }

  private static Operation identity(OperationCall call) {
    return call.of(1, new Identity(call.name(), call.className()));
  }

  /** Everything is computed in one type; only a type that drops fractions would matter. */
  private static Operation cast(OperationCall call) {
    JsonNode dtype = call.config().get("dtype");
    JsonNode name = dtype.isObject() ? dtype.path("config").path("name") : dtype;
    if (!name.isMissingNode() && !name.asText().contains("float")) {
      throw call.config().invalid("dtype", "a floating-point type", name);
    }
    return identity(call);
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
