package org.conv4j.onnx.recurrent;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.onnx.format.Attribute;
import org.conv4j.onnx.shape.NodeInfo;

/** Reads which functions a recurrent layer's cell has. */
final class RecurrentCells {
  private RecurrentCells() {}

  static RecurrentCell of(NodeInfo node, int direction, boolean peepholes) {
    if (node.has("clip") || node.flag("input_forget", false)) {
      throw node.invalid("clip and input_forget are not supported");
    }
    return switch (node.operator()) {
      case "LSTM" ->
          new RecurrentCell.Lstm(
              function(node, direction, 0, 3, Activation.SIGMOID),
              function(node, direction, 1, 3, Activation.TANH),
              function(node, direction, 2, 3, Activation.TANH),
              peepholes);
      case "GRU" ->
          new RecurrentCell.Gru(
              function(node, direction, 0, 2, Activation.SIGMOID),
              function(node, direction, 1, 2, Activation.TANH),
              node.flag("linear_before_reset", false));
      default -> new RecurrentCell.Simple(function(node, direction, 0, 1, Activation.TANH));
    };
  }

  private static Elementwise function(
      NodeInfo node, int direction, int index, int count, Elementwise otherwise) {
    Attribute given = node.attributes().get("activations");
    if (given == null || given.texts().isEmpty()) {
      return otherwise;
    }
    List<String> names = given.texts();
    int place = direction * count + index;
    if (place >= names.size()) {
      throw node.invalid("it names %d activations, which are too few".formatted(names.size()));
    }
    double alpha = parameter(node, "activation_alpha", place);
    double beta = parameter(node, "activation_beta", place);
    return switch (names.get(place)) {
      case "Sigmoid" -> Activation.SIGMOID;
      case "Tanh" -> Activation.TANH;
      case "Relu" -> Activation.RELU;
      case "Softsign" -> ElementwiseFunction.SOFTSIGN;
      case "Softplus" -> Activation.SOFTPLUS;
      case "Elu" -> new Elementwise.Elu(Double.isNaN(alpha) ? 1 : alpha);
      case "LeakyRelu" ->
          new Elementwise.Relu(Double.POSITIVE_INFINITY, Double.isNaN(alpha) ? 0.01 : alpha, 0);
      case "ThresholdedRelu" ->
          new Elementwise.Relu(Double.POSITIVE_INFINITY, 0, Double.isNaN(alpha) ? 1 : alpha);
      case "HardSigmoid" ->
          new Elementwise.HardSigmoid(
              Double.isNaN(alpha) ? 0.2 : alpha, Double.isNaN(beta) ? 0.5 : beta);
      default -> throw node.invalid("the activation '" + names.get(place) + "' is not supported");
    };
  }

  /** The parameter at the place of its activation, or NaN. */
  private static double parameter(NodeInfo node, String name, int place) {
    double[] given = node.reals(name);
    return given == null || place >= given.length ? Double.NaN : given[place];
  }
}
