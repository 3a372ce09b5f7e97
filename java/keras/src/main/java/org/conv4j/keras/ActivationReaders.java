package org.conv4j.keras;

import org.conv4j.layer.Layer;
import org.conv4j.layer.activation.Activation;
import org.conv4j.layer.activation.ELU;
import org.conv4j.layer.activation.LeakyReLU;
import org.conv4j.layer.activation.PReLU;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.layer.activation.Softmax;
import org.conv4j.shape.IntTuple;

/** Reads Keras's activation layers. */
final class ActivationReaders {
  private ActivationReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add("Activation", ActivationReaders::activation);
    classes.add("ReLU", ActivationReaders::relu);
    classes.add("LeakyReLU", (config, name) -> new LeakyReLU(name, negativeSlope(config)));
    classes.add("ELU", (config, name) -> new ELU(name, config.real("alpha", 1)));
    classes.add("PReLU", ActivationReaders::prelu);
    classes.add(
        "Softmax", (config, name) -> new Softmax(name, config.axes("axis", IntTuple.of(-1))));
    classes.add("ThresholdedReLU", ActivationReaders::thresholded);
  }

  static double maxValue(Config config) {
    return config.has("max_value") ? config.real("max_value", 0) : Double.POSITIVE_INFINITY;
  }

  /** Keras 2 called it alpha. */
  static double negativeSlope(Config config) {
    return config.real(config.has("alpha") ? "alpha" : "negative_slope", 0.3);
  }

  private static Layer activation(Config config, String name) {
    return new Activation(name, ActivationReader.read(config.get("activation"), config.owner()));
  }

  private static Layer relu(Config config, String name) {
    return new ReLU(
        name, maxValue(config), config.real("negative_slope", 0), config.real("threshold", 0));
  }

  /** A layer of Keras 2: {@code x > theta ? x : 0}. */
  private static Layer thresholded(Config config, String name) {
    return new ReLU(name, Double.POSITIVE_INFINITY, 0, config.real("theta", 1));
  }

  private static Layer prelu(Config config, String name) {
    config.ignoreVariables("alpha");
    boolean shared = config.has("shared_axes");
    return new PReLU(name, shared ? config.axes("shared_axes", null) : IntTuple.of());
  }
}
