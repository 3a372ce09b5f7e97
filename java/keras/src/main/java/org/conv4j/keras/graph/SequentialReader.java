package org.conv4j.keras.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.model.InputSpec;

/**
 * Reads chains of layers, which start with an input layer, or with a layer that tells its shape.
 * That shape is a habit: Keras records what a chain was first called with, and computes others.
 */
final class SequentialReader {
  private final ModelConfigReader model;
  private final LayerConfigReader layers;

  SequentialReader(ModelConfigReader model) {
    this.model = model;
    this.layers = new LayerConfigReader(model);
  }

  ModelConfig read(JsonNode json) {
    JsonNode config = json.path("config");
    List<LayerConfig> chain = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode layer : config.isArray() ? config : config.path("layers")) {
      LayerConfig read = layers.read(layer);
      if (!names.add(read.name())) {
        throw model.malformed("two layers are named '" + read.name() + "'");
      }
      if (read.isInput() && !chain.isEmpty()) {
        throw model.malformed("input '" + read.name() + "' is not the first of the chain");
      }
      chain.add(read);
    }
    if (chain.isEmpty()) {
      throw model.malformed("the model has no layers");
    }
    InputSpec input = input(json, chain.get(0), names);
    return new ModelConfig(
        config.path("name").asText("sequential"),
        "Sequential",
        connect(chain, input.name()),
        List.of(new ModelConfig.Input(input.name(), input)),
        List.of(output(chain)),
        false);
  }

  private static ModelConfig.Output output(List<LayerConfig> chain) {
    String last = chain.get(chain.size() - 1).name();
    return new ModelConfig.Output(last, new TensorRef(last, 0, 0));
  }

  private InputSpec input(JsonNode json, LayerConfig first, Set<String> names) {
    if (first.isInput()) {
      InputSpec recorded = layers.input(first.name(), first);
      return new InputSpec(recorded.name(), recorded.dims(), false);
    }
    String name = "input";
    while (names.contains(name)) {
      name = name + "_";
    }
    List<Long> dims = layers.shape(first.config());
    if (dims == null) {
      dims = layers.shape(json.path("config"));
    }
    if (dims == null && first.isModel() && first.nested().inputs().size() == 1) {
      dims = first.nested().inputs().get(0).spec().dims();
    }
    return new InputSpec(name, dims, false);
  }

  private List<LayerConfig> connect(List<LayerConfig> chain, String input) {
    List<LayerConfig> connected = new ArrayList<>();
    if (!chain.get(0).isInput()) {
      JsonNode json = new ObjectNode().put("class_name", LayerConfig.INPUT_LAYER);
      connected.add(
          new LayerConfig(input, LayerConfig.INPUT_LAYER, "", json, true, null, null, List.of()));
    }
    String previous = input;
    for (LayerConfig layer : chain) {
      if (layer.isInput()) {
        connected.add(layer);
        continue;
      }
      JsonNode tensor = new TensorRef(previous, 0, 0).toJson();
      connected.add(layer.withCalls(List.of(new LayerCall(List.of(tensor), Map.of()))));
      previous = layer.name();
    }
    return connected;
  }
}
