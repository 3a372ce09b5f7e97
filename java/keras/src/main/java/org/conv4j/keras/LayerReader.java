package org.conv4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.tensor.DataType;

/** Turns the configuration of one layer into the layer. */
final class LayerReader {
  /** How each class of layer is made, by the names that Keras has given it. */
  private static final Map<String, ConvolutionReader> READERS = new TreeMap<>();

  static {
    for (ConvolutionReader reader : ConvolutionReader.values()) {
      reader.classNames().forEach(name -> READERS.put(name, reader));
    }
  }

  private LayerReader() {}

  static KerasLayer read(JsonNode node, String source) {
    JsonNode className = node.path("class_name");
    JsonNode arguments = node.path("config");
    if (!className.isTextual() || !arguments.isObject()) {
      throw new MalformedFileException(
          source + " holds no layer: it needs a string 'class_name' and an object 'config'.");
    }
    ConvolutionReader reader = READERS.get(className.textValue());
    if (reader == null) {
      throw new InvalidLayerException(
          "%s: there is no layer class '%s'; there are %s."
              .formatted(source, className.textValue(), String.join(", ", READERS.keySet())));
    }
    String name = arguments.path("name").asText(defaultName(reader.classNames().get(0)));
    Config config = new Config("Layer '" + name + "'", arguments);
    DataType dataType = dataType(config);
    KerasLayer layer = new KerasLayer(reader.read(config, name), dataType);
    config.ignore("name", "trainable", "autocast", "batch_input_shape", "batch_shape");
    config.ignore("kernel_initializer", "kernel_regularizer", "kernel_constraint");
    config.ignore("depthwise_initializer", "depthwise_regularizer", "depthwise_constraint");
    config.ignore("pointwise_initializer", "pointwise_regularizer", "pointwise_constraint");
    config.ignore("bias_initializer", "bias_regularizer", "bias_constraint");
    config.ignore("activity_regularizer", "lora_alpha");
    config.refuse("lora_rank", "merge the adapters before saving");
    config.refuse("quantization_config", "save the layer with float weights");
    config.refuseUnknown();
    return layer;
  }

  /** Keras's name for a layer that was given none, for example {@code conv2d_transpose}. */
  private static String defaultName(String className) {
    return className
        .replaceAll("([a-z])([A-Z])|([A-Z])([A-Z][a-z])", "$1$3_$2$4")
        .toLowerCase(Locale.ROOT);
  }

  /** The type of a dtype, which newer versions of Keras write as a policy object. */
  private static DataType dataType(Config config) {
    JsonNode dtype = config.get("dtype");
    JsonNode name = dtype.isObject() ? dtype.path("config").path("name") : dtype;
    if (name.isMissingNode() || name.isNull()) {
      return DataType.FLOAT32;
    }
    return switch (name.asText()) {
      case "float64" -> DataType.FLOAT64;
      case "float32", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16" -> DataType.FLOAT32;
      default ->
          throw config.invalid(
              "dtype", "float32, float64, float16, bfloat16 or a mixture of them", name);
    };
  }
}
