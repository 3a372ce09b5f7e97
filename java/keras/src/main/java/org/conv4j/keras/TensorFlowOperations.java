package org.conv4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.file.Writer;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.LayerConfig;

/**
 * The operations that Keras 2 records as TFOpLambda: calls of TensorFlow's functions, which have
 * their like in Keras 3 under another name and with other names for their arguments.
 */
final class TensorFlowOperations {
  private static final Set<String> CLASSES = Set.of("TFOpLambda", "SlicingOpLambda");

  /**
   * A function of TensorFlow.
   *
   * @param className the class of Keras 3
   * @param second the keyword argument that is the second operand; empty if there is only one
   * @param arguments Keras 3's names of the other keyword arguments, by TensorFlow's
   */
  private record Function(String className, String second, Map<String, String> arguments) {
    Function(String className) {
      this(className, "", Map.of());
    }
  }

  private static final Map<String, Function> FUNCTIONS = new TreeMap<>();

  static {
    Map.of(
            "__operators__.add", "Add",
            "math.add", "Add",
            "math.subtract", "Subtract",
            "math.multiply", "Multiply",
            "math.truediv", "TrueDivide",
            "math.divide", "TrueDivide",
            "math.pow", "Power",
            "math.maximum", "Maximum",
            "math.minimum", "Minimum")
        .forEach((name, same) -> FUNCTIONS.put(name, new Function(same, "y", Map.of())));
    Map.ofEntries(
            Map.entry("math.negative", "Negative"),
            Map.entry("math.abs", "Absolute"),
            Map.entry("math.square", "Square"),
            Map.entry("math.sqrt", "Sqrt"),
            Map.entry("math.rsqrt", "Rsqrt"),
            Map.entry("math.exp", "Exp"),
            Map.entry("math.log", "Log"),
            Map.entry("math.reciprocal", "Reciprocal"),
            Map.entry("math.sigmoid", "Sigmoid"),
            Map.entry("nn.sigmoid", "Sigmoid"),
            Map.entry("math.tanh", "Tanh"),
            Map.entry("nn.tanh", "Tanh"),
            Map.entry("math.softplus", "Softplus"),
            Map.entry("nn.softplus", "Softplus"),
            Map.entry("nn.softsign", "Softsign"),
            Map.entry("nn.relu", "Relu"),
            Map.entry("nn.relu6", "Relu6"),
            Map.entry("nn.silu", "Silu"),
            Map.entry("nn.swish", "Silu"),
            Map.entry("nn.elu", "Elu"),
            Map.entry("nn.selu", "Selu"),
            Map.entry("nn.gelu", "Gelu"),
            Map.entry("nn.softmax", "Softmax"),
            Map.entry("nn.log_softmax", "LogSoftmax"),
            Map.entry("math.reduce_mean", "Mean"),
            Map.entry("math.reduce_sum", "Sum"),
            Map.entry("math.reduce_max", "Max"),
            Map.entry("math.reduce_min", "Min"),
            Map.entry("concat", "Concatenate"),
            Map.entry("stack", "Stack"),
            Map.entry("expand_dims", "ExpandDims"),
            Map.entry("squeeze", "Squeeze"),
            Map.entry("compat.v1.squeeze", "Squeeze"),
            Map.entry("repeat", "Repeat"),
            Map.entry("identity", "Identity"),
            Map.entry("stop_gradient", "StopGradient"),
            Map.entry("cast", "Cast"))
        .forEach((name, same) -> FUNCTIONS.put(name, new Function(same)));
    put("nn.leaky_relu", "LeakyRelu", Map.of("alpha", "negative_slope"));
    put("clip_by_value", "Clip", Map.of("clip_value_min", "x_min", "clip_value_max", "x_max"));
    put("reshape", "Reshape", Map.of("shape", "newshape"));
    put("transpose", "Transpose", Map.of("perm", "axes"));
    put("compat.v1.transpose", "Transpose", Map.of("perm", "axes"));
    put("tile", "Tile", Map.of("multiples", "repeats"));
    put("pad", "Pad", Map.of("paddings", "pad_width"));
    put("compat.v1.pad", "Pad", Map.of("paddings", "pad_width"));
    put("split", "Split", Map.of("num_or_size_splits", "indices_or_sections"));
    FUNCTIONS.put("linalg.matmul", new Function("Matmul", "b", Map.of()));
    FUNCTIONS.put("__operators__.getitem", new Function("GetItem", "slice_spec", Map.of()));
  }

  private TensorFlowOperations() {}

  /** The functions that can be read, without {@code tf.} before them. */
  static Set<String> names() {
    return FUNCTIONS.keySet();
  }

  private static void put(String name, String className, Map<String, String> arguments) {
    FUNCTIONS.put(name, new Function(className, "", arguments));
  }

  static boolean isOperation(LayerConfig layer) {
    return CLASSES.contains(layer.className());
  }

  static OperationCall translate(LayerConfig layer, String name, LayerCall call, int output) {
    String function = layer.config().path("function").asText();
    Function same = FUNCTIONS.get(function);
    if (same == null) {
      throw new InvalidLayerException(
          "the function tf.%s is not supported; supported are %s."
              .formatted(function, String.join(", ", FUNCTIONS.keySet())));
    }
    List<JsonNode> operands = new ArrayList<>(call.arguments());
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    call.keywords()
        .forEach(
            (keyword, value) -> {
              if (keyword.equals(same.second())) {
                operands.add(value);
              } else if (!value.isNull() && !(value.isBoolean() && !value.booleanValue())) {
                // Absent flags mean the same as false ones, null the same as nothing.
                arguments.set(same.arguments().getOrDefault(keyword, keyword), value);
              }
            });
    complete(same, call, arguments);
    return new OperationCall(same.className(), name, output, arguments, operands, Writer.KERAS_2);
  }

  /** Where TensorFlow's defaults and meanings differ. */
  private static void complete(Function same, LayerCall call, ObjectNode arguments) {
    switch (same.className()) {
      case "Gelu" -> arguments.put("approximate", arguments.path("approximate").asBoolean(false));
      case "Split" -> cuts(arguments);
      case "Squeeze" -> {
        if (!arguments.has("axis") && call.keywords().containsKey("squeeze_dims")) {
          arguments.set("axis", arguments.remove("squeeze_dims"));
        }
      }
      default -> {}
    }
  }

  /** TensorFlow lists the sizes of the parts, Keras where to cut. */
  private static void cuts(ObjectNode arguments) {
    JsonNode sizes = arguments.path("indices_or_sections");
    if (!sizes.isArray()) {
      return;
    }
    ArrayNode cuts = JsonNodeFactory.instance.arrayNode();
    long at = 0;
    for (int i = 0; i + 1 < sizes.size(); i++) {
      if (!sizes.get(i).isIntegralNumber() || sizes.get(i).longValue() < 1) {
        throw new InvalidLayerException("the sizes of a split must be known; given " + sizes + ".");
      }
      at += sizes.get(i).longValue();
      cuts.add(at);
    }
    arguments.set("indices_or_sections", cuts);
  }
}
