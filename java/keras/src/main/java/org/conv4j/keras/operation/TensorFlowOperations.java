package org.conv4j.keras.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.SimilarNames;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.keras.writer.Writer;

/**
 * The operations that Keras 2 records as TFOpLambda: calls of TensorFlow's functions, which have
 * their like in Keras 3 under another name and with other names for their arguments.
 */
public final class TensorFlowOperations {
  private static final Set<String> CLASSES = Set.of("TFOpLambda", "SlicingOpLambda");

  private TensorFlowOperations() {}

  /** The functions that can be read, without {@code tf.} before them. */
  public static Set<String> names() {
    return TensorFlowFunctions.ALL.keySet();
  }

  static boolean isOperation(LayerConfig layer) {
    return CLASSES.contains(layer.className());
  }

  static OperationCall translate(LayerConfig layer, String name, LayerCall call, int output) {
    String function = layer.config().path("function").asText();
    TensorFlowFunctions.Function same = TensorFlowFunctions.ALL.get(function);
    if (same == null) {
      throw new InvalidLayerException(
          "the function tf.%s is not supported%s"
              .formatted(function, SimilarNames.hint(function, TensorFlowFunctions.ALL.keySet())));
    }
    List<JsonNode> operands = new ArrayList<>(call.arguments());
    ObjectNode arguments = new ObjectNode();
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
    if (function.equals("slice")) {
      operands.add(ranges(arguments));
    }
    complete(function, same.className(), arguments);
    return new OperationCall(same.className(), name, output, arguments, operands, Writer.KERAS_2);
  }

  /** Where TensorFlow's names, defaults and meanings of arguments differ. */
  private static void complete(String function, String className, ObjectNode arguments) {
    dataFormat(arguments, className);
    switch (className) {
      case "AveragePool", "MaxPool" -> window(function, arguments);
      case "Flip" -> {
        if (function.startsWith("image.")) {
          arguments.put("axis", function.equals("image.flip_up_down") ? -3 : -2);
        }
      }
      case "Gelu" -> arguments.put("approximate", arguments.path("approximate").asBoolean(false));
      case "Normalize" -> {
        if (!arguments.has("axis")) {
          arguments.putNull("axis");
        }
        // TensorFlow's bounds the square of the norm.
        double least = arguments.path("epsilon").asDouble(1e-12);
        arguments.put("epsilon", Math.sqrt(least));
      }
      case "Split" -> cuts(arguments);
      case "Squeeze" -> {
        if (!arguments.has("axis") && arguments.has("squeeze_dims")) {
          arguments.set("axis", arguments.remove("squeeze_dims"));
        }
      }
      case "Sum" -> {
        if (function.equals("math.add_n")) {
          arguments.put("axis", 0);
        }
      }
      default -> {}
    }
  }

  /** Where each slice begins and how long it is, as ranges; -1 stands for all that is left. */
  private static JsonNode ranges(ObjectNode arguments) {
    JsonNode begin = arguments.path("begin");
    JsonNode size = arguments.path("size");
    ArrayNode ranges = new ArrayNode();
    for (int i = 0; i < begin.size(); i++) {
      JsonNode start = begin.get(i);
      JsonNode count = size.path(i);
      if (!start.isInt() || !count.isInt() || count.intValue() < -1) {
        throw new InvalidLayerException(
            "the bounds of a slice must be known numbers; given " + begin + " and " + size + ".");
      }
      ObjectNode range = new ObjectNode().put("class_name", "__slice__");
      ObjectNode bounds = range.putObject("config").put("start", start.intValue());
      if (count.intValue() >= 0) {
        bounds.put("stop", start.intValue() + count.intValue());
      }
      ranges.add(range);
    }
    arguments.remove(List.of("begin", "size"));
    return ranges;
  }

  /** NHWC and the like. */
  private static void dataFormat(ObjectNode arguments, String className) {
    JsonNode given = arguments.path("data_format");
    if (!given.isTextual()) {
      return;
    }
    boolean last = given.textValue().endsWith("C");
    if (className.equals("Add")) {
      if (!last) {
        throw new InvalidLayerException(
            "a bias is added to the last axis only; given the data_format " + given + ".");
      }
      arguments.remove("data_format");
      return;
    }
    arguments.put("data_format", last ? "channels_last" : "channels_first");
  }

  /** TensorFlow takes sizes with or without batch and channels, and capital letters. */
  private static void window(String function, ObjectNode arguments) {
    char last = function.charAt(function.length() - 2);
    int rank = last >= '1' && last <= '3' ? last - '0' : 0;
    boolean channelsFirst = arguments.path("data_format").asText().equals("channels_first");
    for (String argument : List.of("pool_size", "strides")) {
      JsonNode sizes = arguments.path(argument);
      if (sizes.isArray()) {
        arguments.set(argument, spatial(argument, sizes, rank, channelsFirst));
      }
    }
    JsonNode padding = arguments.path("padding");
    if (padding.isTextual()) {
      arguments.put("padding", padding.textValue().toLowerCase(Locale.ROOT));
    }
  }

  /** A list of three may mean one dimension or three where the function does not say. */
  private static JsonNode spatial(
      String argument, JsonNode sizes, int rank, boolean channelsFirst) {
    int count = sizes.size();
    if (count == 1) {
      return sizes.get(0);
    }
    boolean whole = rank == 0 ? count == 4 || count == 5 : count == rank + 2;
    if (!whole && (rank == 0 ? count == 2 : count == rank)) {
      return sizes;
    }
    int channels = channelsFirst ? 1 : count - 1;
    if (!whole || sizes.get(0).intValue() != 1 || sizes.get(channels).intValue() != 1) {
      throw new InvalidLayerException(
          "%s must be a number, or one for each dimension between batch and channels; given %s."
              .formatted(argument, sizes));
    }
    ArrayNode between = new ArrayNode();
    for (int i = 1; i < count; i++) {
      if (i != channels) {
        between.add(sizes.get(i));
      }
    }
    return between;
  }

  /** TensorFlow lists the sizes of the parts, Keras where to cut. */
  private static void cuts(ObjectNode arguments) {
    JsonNode sizes = arguments.path("indices_or_sections");
    if (!sizes.isArray()) {
      return;
    }
    ArrayNode cuts = new ArrayNode();
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
