package org.conv4j.keras.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.keras.layer.Config;
import org.conv4j.keras.writer.Writer;
import org.conv4j.layer.Layer;
import org.conv4j.shape.IntTuple;
import org.conv4j.weights.Constant;

/** A call of an operation of Keras 3: its class, its arguments and its operands. */
final class OperationCall {
  private final String className;
  private final String name;
  private final int output;
  private final Config config;
  private final List<JsonNode> operands;

  /**
   * Wraps a call.
   *
   * @param className Keras 3's class
   * @param name what the layer is called
   * @param output which of the call's outputs is meant
   * @param arguments what Keras 3 keeps as the operation's configuration
   * @param operands what it is called with
   * @param writer Keras 3, or Keras 2 for its functions of TensorFlow
   */
  OperationCall(
      String className,
      String name,
      int output,
      ObjectNode arguments,
      List<JsonNode> operands,
      Writer writer) {
    this.className = className;
    this.name = name;
    this.output = output;
    this.config = new Config("Layer '" + name + "'", arguments, writer);
    this.operands = operands;
    config.ignore("name", "trainable");
  }

  /** Keyword arguments are as good as the configuration's. */
  static OperationCall of(LayerConfig layer, String name, LayerCall call, int output) {
    ObjectNode arguments = new ObjectNode();
    layer.config().properties().forEach(e -> arguments.set(e.getKey(), e.getValue()));
    for (Map.Entry<String, JsonNode> keyword : call.keywords().entrySet()) {
      if (arguments.has(keyword.getKey())) {
        throw new InvalidLayerException(
            "Layer '%s' is given %s twice.".formatted(name, keyword.getKey()));
      }
      arguments.set(keyword.getKey(), keyword.getValue());
    }
    return new OperationCall(
        layer.className(), name, output, arguments, call.arguments(), Writer.KERAS_3);
  }

  String className() {
    return className;
  }

  String name() {
    return name;
  }

  int output() {
    return output;
  }

  Config config() {
    return config;
  }

  /** Finishes an operation that takes some number of operands, all of which are tensors. */
  OperationLayer of(int count, Layer layer) {
    requireOperands(count);
    List<TensorRef> tensors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tensors.add(tensor(operands.get(i)));
    }
    return new OperationLayer(layer, tensors);
  }

  /** Finishes an operation that takes two operands of which one may be constant. */
  OperationLayer ofMixed(Layer layer) {
    return new OperationLayer(
        layer, operands.stream().flatMap(operand -> TensorRef.of(operand).stream()).toList());
  }

  /** The constant that an operand is, or null for a tensor. */
  Constant constant(int index) {
    requireOperands(2);
    JsonNode operand = operands.get(index);
    return TensorRef.of(operand).isPresent() ? null : Constants.read(operand, name);
  }

  JsonNode operand(int index) {
    if (index >= operands.size()) {
      throw new InvalidLayerException(
          "Layer '%s' needs %d operands; given %d.".formatted(name, index + 1, operands.size()));
    }
    return operands.get(index);
  }

  /** Whether the only operand is a list of tensors. */
  boolean isList() {
    return operands.size() == 1 && operands.get(0).isArray();
  }

  /** The tensors of an operation whose only operand is a list of them. */
  List<TensorRef> list() {
    requireOperands(1);
    JsonNode list = operands.get(0);
    List<TensorRef> tensors = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(element -> tensors.add(tensor(element)));
    }
    if (tensors.isEmpty()) {
      throw new InvalidLayerException("Layer '" + name + "' needs a list of tensors.");
    }
    return tensors;
  }

  /** The number of dimensions that Keras noted for an operand. */
  int rank() {
    JsonNode shape = operand(0).path("config").path("shape");
    if (!shape.isArray()) {
      throw new InvalidLayerException(
          "Layer '" + name + "': the number of dimensions of its input is not recorded.");
    }
    return shape.size();
  }

  /** A number or a list of numbers; null if there is none. */
  IntTuple axes(String argument) {
    JsonNode value = config.get(argument);
    if (!config.has(argument)) {
      return null;
    }
    return value.isArray() ? integers(argument, value) : IntTuple.of(integer(argument, value));
  }

  IntTuple integers(String argument, JsonNode list) {
    int[] numbers = new int[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = integer(argument, list.get(i));
    }
    return IntTuple.of(numbers);
  }

  int integer(String argument, JsonNode value) {
    if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
      throw config.invalid(argument, "a whole number that fits 32 bits", value);
    }
    return value.intValue();
  }

  private TensorRef tensor(JsonNode operand) {
    return TensorRef.of(operand)
        .orElseThrow(
            () ->
                new InvalidLayerException(
                    "Layer '" + name + "' is called with an operand that is no tensor."));
  }

  void requireOperands(int count) {
    if (operands.size() != count) {
      throw new InvalidLayerException(
          "Layer '%s' needs %d operands; given %d.".formatted(name, count, operands.size()));
    }
  }
}
