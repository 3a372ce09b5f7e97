package org.conv4j.keras.graph;

import java.util.List;
import java.util.Map;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;

/**
 * Writes models of Keras 1 as Keras 2 writes them: other names for classes and arguments, one
 * argument for each dimension, {@code dim_ordering} for the position of the channels. What has no
 * counterpart is left as it is, and refused where layers are read.
 */
public final class Keras1Config {
  private static final Map<String, String> CLASSES =
      Map.of(
          "Convolution1D", "Conv1D",
          "Convolution2D", "Conv2D",
          "Convolution3D", "Conv3D",
          "AtrousConvolution1D", "Conv1D",
          "AtrousConvolution2D", "Conv2D");

  private static final Map<String, String> MERGES =
      Map.of(
          "sum", "Add",
          "mul", "Multiply",
          "concat", "Concatenate",
          "ave", "Average",
          "max", "Maximum");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("nb_filter", "filters"),
          Map.entry("filter_length", "kernel_size"),
          Map.entry("subsample", "strides"),
          Map.entry("subsample_length", "strides"),
          Map.entry("atrous_rate", "dilation_rate"),
          Map.entry("border_mode", "padding"),
          Map.entry("bias", "use_bias"),
          Map.entry("output_dim", "units"),
          Map.entry("pool_length", "pool_size"),
          Map.entry("stride", "strides"),
          Map.entry("length", "size"),
          Map.entry("p", "rate"),
          Map.entry("sigma", "stddev"),
          Map.entry("concat_axis", "axis"));

  /** How variables start and are trained, and what the shape of the input tells already. */
  private static final List<String> IGNORED =
      List.of(
          "init",
          "W_regularizer",
          "b_regularizer",
          "W_constraint",
          "b_constraint",
          "gamma_regularizer",
          "beta_regularizer",
          "gamma_init",
          "beta_init",
          "input_dim",
          "input_length",
          "input_dtype",
          "mode");

  private static final List<List<String>> KERNELS =
      List.of(List.of("kernel_dim1", "kernel_dim2", "kernel_dim3"), List.of("nb_row", "nb_col"));

  private Keras1Config() {}

  /**
   * Rewrites a model.
   *
   * @param model an object with {@code class_name} and {@code config}
   * @return another object
   */
  public static ObjectNode rewrite(JsonNode model) {
    ObjectNode copy = (ObjectNode) model.deepCopy();
    rewriteLayer(copy);
    return copy;
  }

  /** Recursive; the parser of the document bounds the depth. */
  private static void rewriteLayer(ObjectNode layer) {
    JsonNode config = layer.path("config");
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (layers instanceof ArrayNode list) {
      for (JsonNode inner : list) {
        if (inner instanceof ObjectNode object) {
          rewriteLayer(object);
        }
      }
    } else if (config instanceof ObjectNode arguments) {
      if (arguments.path("layer") instanceof ObjectNode wrapped) {
        rewriteLayer(wrapped);
      }
      rewrite(layer, arguments);
    }
  }

  private static void rewrite(ObjectNode layer, ObjectNode arguments) {
    String className = layer.path("class_name").asText();
    if (className.equals("Merge")) {
      layer.put("class_name", merge(arguments));
    } else {
      layer.put("class_name", CLASSES.getOrDefault(className, className));
    }
    if (className.equals("BatchNormalization") && arguments.path("mode").asInt(0) != 0) {
      throw new InvalidLayerException(
          "Layer '%s' was written by Keras 1: mode must be 0; given %s."
              .formatted(arguments.path("name").asText(), arguments.path("mode")));
    }
    for (List<String> kernel : KERNELS) {
      if (arguments.has(kernel.get(0))) {
        ArrayNode size = arguments.putArray("kernel_size");
        kernel.forEach(extent -> size.add(arguments.remove(extent)));
      }
    }
    JsonNode ordering = arguments.remove("dim_ordering");
    if (ordering != null) {
      arguments.put(
          "data_format", ordering.asText().equals("th") ? "channels_first" : "channels_last");
    }
    arguments.remove(IGNORED);
    NAMES.forEach(
        (old, name) -> {
          if (arguments.has(old)) {
            arguments.set(name, arguments.remove(old));
          }
        });
    if (className.equals("ZeroPadding2D") || className.equals("Cropping2D")) {
      pairs(arguments);
    }
  }

  private static String merge(ObjectNode arguments) {
    String mode = arguments.path("mode").asText();
    if (!MERGES.containsKey(mode)) {
      throw new InvalidLayerException(
          "Layer '%s' of class Merge was written by Keras 1: mode must be one of %s; given %s."
              .formatted(
                  arguments.path("name").asText(),
                  String.join(", ", MERGES.keySet().stream().sorted().toList()),
                  arguments.path("mode")));
    }
    if (!mode.equals("concat")) {
      arguments.remove("concat_axis");
    }
    arguments.remove(
        List.of(
            "dot_axes",
            "mode_type",
            "output_shape",
            "output_shape_type",
            "output_mask",
            "output_mask_type",
            "arguments"));
    return MERGES.get(mode);
  }

  /** Four numbers: top, bottom, left, right. */
  private static void pairs(ObjectNode arguments) {
    JsonNode given = arguments.path("padding");
    if (given.isArray() && given.size() == 4) {
      ArrayNode pairs = arguments.putArray("padding");
      pairs.addArray().add(given.get(0)).add(given.get(1));
      pairs.addArray().add(given.get(2)).add(given.get(3));
    }
  }
}
