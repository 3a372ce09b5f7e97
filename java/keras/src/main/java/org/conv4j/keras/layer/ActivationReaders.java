package org.conv4j.keras.layer;

import org.conv4j.layer.Layer;
import org.conv4j.layer.activation.Activation;
import org.conv4j.layer.activation.ELU;
import org.conv4j.layer.activation.LeakyReLU;
import org.conv4j.layer.activation.PReLU;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.layer.activation.Softmax;
import org.conv4j.shape.IntTuple;

/** Reads Keras's activation layers. */
final class ActivationReaders implements ClassReader {
  private ActivationReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add(
        new ActivationReaders(),
        "Activation",
        "ReLU",
        "LeakyReLU",
        "ELU",
        "PReLU",
        "Softmax",
        "ThresholdedReLU");
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "Activation" ->
          new Activation(name, ActivationReader.read(config.get("activation"), config));
      case "ReLU" ->
          new ReLU(
              name,
              maxValue(config),
              config.real("negative_slope", 0),
              config.real("threshold", 0));
      case "LeakyReLU" -> new LeakyReLU(name, negativeSlope(config));
      case "ELU" -> new ELU(name, config.real("alpha", 1));
      case "PReLU" -> prelu(config, name);
      case "Softmax" -> new Softmax(name, config.axes("axis", IntTuple.of(-1)));
      // A layer of Keras 2: x > theta ? x : 0.
      case "ThresholdedReLU" ->
          new ReLU(name, Double.POSITIVE_INFINITY, 0, config.real("theta", 1));
      default -> throw new AssertionError(className);
    };
  }

  static double maxValue(Config config) {
    return config.has("max_value") ? config.real("max_value", 0) : Double.POSITIVE_INFINITY;
  }

  /** Keras 2 called it alpha. */
  static double negativeSlope(Config config) {
    return config.real(config.has("alpha") ? "alpha" : "negative_slope", 0.3);
  }

  private static Layer prelu(Config config, String name) {
    config.ignoreVariables("alpha");
    boolean shared = config.has("shared_axes");
    return new PReLU(name, shared ? config.axes("shared_axes", null) : IntTuple.of());
  }
}
