package org.conv4j.keras.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.conv4j.keras.json.JsonNode;

/** Reads graphs of layers. */
final class FunctionalReader {
  private final ModelConfigReader model;
  private final LayerConfigReader layerReader;
  private final JsonNode config;
  private final Map<String, LayerConfig> layers = new LinkedHashMap<>();
  private final Set<String> takenInputs = new HashSet<>();
  private boolean old;

  FunctionalReader(ModelConfigReader model, JsonNode json) {
    this.model = model;
    this.layerReader = new LayerConfigReader(model);
    this.config = json.path("config");
  }

  ModelConfig read() {
    readLayers();
    List<ModelConfig.Output> inputs = tensors("input_layers");
    List<ModelConfig.Output> outputs = tensors("output_layers");
    CallNumbers numbers = new CallNumbers(model, layers, old);
    numbers.renumberCalls();
    return new ModelConfig(
        config.path("name").asText("functional"),
        "Functional",
        List.copyOf(layers.values()),
        inputs.stream().map(this::input).toList(),
        numbers.renumberOutputs(outputs),
        !old);
  }

  private void readLayers() {
    Map<String, JsonNode> documents = new LinkedHashMap<>();
    for (JsonNode json : config.path("layers")) {
      String name = layerReader.name(json);
      if (documents.put(name, json) != null) {
        throw model.malformed("two layers are named '" + name + "'");
      }
    }
    CallReader calls = new CallReader(model, documents.keySet());
    for (Map.Entry<String, JsonNode> document : documents.entrySet()) {
      layers.put(document.getKey(), layer(document.getValue(), calls));
    }
  }

  private LayerConfig layer(JsonNode json, CallReader reader) {
    LayerConfig layer = layerReader.read(json);
    List<LayerCall> calls = new ArrayList<>();
    for (JsonNode call : json.path("inbound_nodes")) {
      old |= CallReader.isOld(call);
      calls.add(reader.read(layer.name(), call));
    }
    if (layer.isInput() && !calls.isEmpty()) {
      throw model.malformed("input '" + layer.name() + "' is computed from other tensors");
    }
    return layer.withCalls(calls);
  }

  /** One tensor, or a list or dictionary of them, to any depth. */
  private List<ModelConfig.Output> tensors(String key) {
    List<ModelConfig.Output> tensors = new ArrayList<>();
    collect(key, null, config.path(key), tensors);
    if (tensors.isEmpty()) {
      throw model.malformed("'" + key + "' names no tensor");
    }
    return tensors;
  }

  private void collect(String key, String name, JsonNode node, List<ModelConfig.Output> tensors) {
    if (TensorRef.isReference(node, 3)) {
      TensorRef tensor = TensorRef.read(node);
      tensors.add(new ModelConfig.Output(name == null ? tensor.layer() : name, tensor));
    } else if (node.isArray()) {
      node.forEach(element -> collect(key, name, element, tensors));
    } else if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
      sorted.forEach((entry, element) -> collect(key, entry, element, tensors));
    } else {
      throw model.malformed("'" + key + "' must name tensors; given " + node);
    }
  }

  private ModelConfig.Input input(ModelConfig.Output input) {
    LayerConfig layer = layers.get(input.tensor().layer());
    if (layer == null || !layer.isInput()) {
      throw model.malformed(
          "'input_layers' names '%s', which is no input layer".formatted(input.tensor().layer()));
    }
    if (!takenInputs.add(layer.name())) {
      throw model.malformed("'input_layers' names '%s' twice".formatted(layer.name()));
    }
    return new ModelConfig.Input(layer.name(), layerReader.input(input.name(), layer));
  }
}
