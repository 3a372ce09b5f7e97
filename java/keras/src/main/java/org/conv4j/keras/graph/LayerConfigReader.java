package org.conv4j.keras.graph;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.model.InputSpec;

/** Reads what is common to the layers of all kinds of models. */
final class LayerConfigReader {
  private static final List<String> INPUT_SHAPES =
      List.of("batch_shape", "batch_input_shape", "build_input_shape");

  private final ModelConfigReader model;

  LayerConfigReader(ModelConfigReader model) {
    this.model = model;
  }

  /** Reads a layer without its calls. */
  LayerConfig read(JsonNode json) {
    JsonNode className = json.path("class_name");
    JsonNode config = json.path("config");
    if (!className.isTextual() || !(config.isObject() || config.isArray())) {
      throw model.malformed("a layer needs a string 'class_name' and an object 'config'");
    }
    String name = name(json);
    return new LayerConfig(
        name,
        className.textValue(),
        json.path("module").asText(""),
        json,
        config.path("trainable").asBoolean(true),
        sharedId(json),
        nested(json, name),
        List.of());
  }

  /** The outer name is what calls refer to. */
  String name(JsonNode json) {
    JsonNode name =
        json.path("name").isTextual() ? json.get("name") : json.path("config").path("name");
    if (!name.isTextual() || name.textValue().isEmpty()) {
      throw model.malformed(
          "a layer of class '%s' has no name".formatted(json.path("class_name").asText()));
    }
    return name.textValue();
  }

  private static Long sharedId(JsonNode json) {
    JsonNode id = json.path("shared_object_id");
    return id.isIntegralNumber() && id.canConvertToLong() ? Long.valueOf(id.longValue()) : null;
  }

  private ModelConfig nested(JsonNode json, String name) {
    if (ModelConfigReader.isModel(json)) {
      return model.nested(json, name);
    }
    JsonNode inner = json.path("config").path("layer");
    boolean wraps = json.path("class_name").asText().equals(LayerConfig.TIME_DISTRIBUTED);
    return wraps && ModelConfigReader.isModel(inner) ? model.nested(inner, name) : null;
  }

  /** What an input layer says about the input. */
  InputSpec input(String name, LayerConfig layer) {
    for (String kind : List.of("sparse", "ragged")) {
      if (layer.config().path(kind).asBoolean(false)) {
        throw model.malformed("input '%s' is %s, which is not supported".formatted(name, kind));
      }
    }
    List<Long> dims = shape(layer.config());
    return dims == null ? InputSpec.any(name) : new InputSpec(name, dims);
  }

  /** The shape of what a layer or model is given, batch included; null if it does not say. */
  List<Long> shape(JsonNode config) {
    for (String key : INPUT_SHAPES) {
      JsonNode shape = config.path(key);
      if (shape.isArray()) {
        return dims(key, shape);
      }
    }
    return null;
  }

  private List<Long> dims(String key, JsonNode shape) {
    List<Long> dims = new ArrayList<>();
    for (JsonNode dim : shape) {
      if (!dim.isNull()
          && !(dim.isIntegralNumber() && dim.canConvertToLong() && dim.longValue() > 0)) {
        throw model.malformed(
            "%s must be a list of positive whole numbers and null; given %s".formatted(key, shape));
      }
      dims.add(dim.isNull() ? InputSpec.ANY : dim.longValue());
    }
    return dims;
  }
}
