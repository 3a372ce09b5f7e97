package org.conv4j.keras.layer;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.Softmax;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.writer.Writer;

/**
 * Turns Keras's ways of writing an activation into one: nothing, a function's name, an object that
 * stands for a function, or the configuration of an activation layer.
 */
public final class ActivationReader {
  private static final Map<String, Activation> FUNCTIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("celu", Activation.CELU),
              Map.entry("elu", Activation.ELU),
              Map.entry("exponential", Activation.EXPONENTIAL),
              Map.entry("gelu", Activation.GELU),
              // TensorFlow.js's name for the approximation.
              Map.entry("gelu_new", Activation.GELU_TANH),
              Map.entry("hard_shrink", Activation.HARD_SHRINK),
              Map.entry("hard_sigmoid", Activation.HARD_SIGMOID),
              Map.entry("hard_silu", Activation.HARD_SILU),
              Map.entry("hard_swish", Activation.HARD_SILU),
              Map.entry("hard_tanh", Activation.HARD_TANH),
              Map.entry("leaky_relu", Activation.LEAKY_RELU),
              Map.entry("linear", Activation.LINEAR),
              Map.entry("log_sigmoid", Activation.LOG_SIGMOID),
              Map.entry("log_softmax", Activation.LOG_SOFTMAX),
              Map.entry("mish", Activation.MISH),
              Map.entry("relu", Activation.RELU),
              Map.entry("relu6", Activation.RELU6),
              Map.entry("selu", Activation.SELU),
              Map.entry("sigmoid", Activation.SIGMOID),
              Map.entry("silu", Activation.SILU),
              Map.entry("soft_shrink", Activation.SOFT_SHRINK),
              Map.entry("softmax", Activation.SOFTMAX),
              Map.entry("softplus", Activation.SOFTPLUS),
              Map.entry("softsign", Activation.SOFTSIGN),
              Map.entry("sparse_plus", Activation.SPARSE_PLUS),
              Map.entry("sparse_sigmoid", Activation.SPARSE_SIGMOID),
              Map.entry("squareplus", Activation.SQUAREPLUS),
              Map.entry("swish", Activation.SILU),
              Map.entry("tanh", Activation.TANH),
              Map.entry("tanh_shrink", Activation.TANH_SHRINK)));

  private ActivationReader() {}

  /** The functions that can be read. */
  public static Set<String> names() {
    return FUNCTIONS.keySet();
  }

  /**
   * Reads an activation.
   *
   * @param node what stands for it; missing for none
   * @param owner whose arguments it is among
   */
  static Activation read(JsonNode node, Config owner) {
    if (node.isMissingNode() || node.isNull()) {
      return Activation.LINEAR;
    }
    if (node.isTextual()) {
      return function(node.textValue(), owner);
    }
    JsonNode className = node.path("class_name");
    JsonNode config = node.path("config");
    if (className.isTextual() && config.isTextual()) {
      return function(config.textValue(), owner);
    }
    if (className.isTextual() && config.isObject()) {
      return layer(className.textValue(), config, owner);
    }
    throw new InvalidLayerException(
        owner.owner()
            + ": activation must be a name or the configuration of a layer; given "
            + node
            + ".");
  }

  /** Keras 3 took over PyTorch's definition. */
  public static Activation hardSigmoid(Writer writer) {
    return writer == Writer.KERAS_3 ? Activation.HARD_SIGMOID : Activation.HARD_SIGMOID_KERAS_2;
  }

  private static Activation function(String name, Config owner) {
    Activation activation =
        name.equals("hard_sigmoid") ? hardSigmoid(owner.writer()) : FUNCTIONS.get(name);
    if (activation == null) {
      throw new InvalidLayerException(
          "%s: activation must be one of %s; given %s."
              .formatted(owner.owner(), String.join(", ", FUNCTIONS.keySet()), name));
    }
    return activation;
  }

  /** The activation layers of Keras, with their defaults, and with the arguments of Keras 2. */
  private static Activation layer(String className, JsonNode arguments, Config owner) {
    Config config =
        new Config(owner.owner() + ", activation " + className, arguments, owner.writer());
    Activation activation =
        switch (className) {
          case "Activation" -> read(config.get("activation"), config);
          case "ReLU" ->
              new Elementwise.Relu(
                  ActivationReaders.maxValue(config),
                  config.real("negative_slope", 0),
                  config.real("threshold", 0));
          case "LeakyReLU" ->
              new Elementwise.Relu(
                  Double.POSITIVE_INFINITY, ActivationReaders.negativeSlope(config), 0);
          case "ELU" -> new Elementwise.Elu(config.real("alpha", 1));
          case "Softmax" -> new Softmax(config.number("axis", -1), false);
          case "ThresholdedReLU" ->
              new Elementwise.Relu(Double.POSITIVE_INFINITY, 0, config.real("theta", 1));
          default ->
              throw new InvalidLayerException(
                  "%s: activation must be a function or one of the layers Activation, ELU, LeakyReLU,"
                          .formatted(owner.owner())
                      + " PReLU, ReLU, Softmax, ThresholdedReLU; given "
                      + className
                      + ".");
        };
    config.ignore("name", "trainable", "dtype", "batch_input_shape", "batch_shape");
    config.refuseUnknown();
    return activation;
  }
}
