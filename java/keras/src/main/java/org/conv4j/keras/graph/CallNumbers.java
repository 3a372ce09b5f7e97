package org.conv4j.keras.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;

/**
 * Makes every reference to a call count from the layer's first call in this model.
 *
 * <p>A model is born with one call, of itself on its own inputs, which is not saved. Keras 2 counts
 * it everywhere, except for chains without an input layer; Keras 3 counts it where it lists a
 * model's outputs, except for chains. Where the layer is called only once, what does not fit is
 * told from what does.
 */
final class CallNumbers {
  private final ModelConfigReader model;
  private final Map<String, LayerConfig> layers;
  private final boolean old;

  CallNumbers(ModelConfigReader model, Map<String, LayerConfig> layers, boolean old) {
    this.model = model;
    this.layers = layers;
    this.old = old;
  }

  void renumberCalls() {
    List<TensorRef> all = new ArrayList<>();
    for (LayerConfig layer : layers.values()) {
      for (LayerCall call : layer.calls()) {
        all.addAll(call.tensors());
      }
    }
    Map<String, Integer> firsts = firsts(all, false);
    for (Map.Entry<String, LayerConfig> layer : layers.entrySet()) {
      List<LayerCall> calls = new ArrayList<>();
      for (LayerCall call : layer.getValue().calls()) {
        calls.add(renumber(call, firsts));
      }
      layer.setValue(layer.getValue().withCalls(calls));
    }
  }

  List<ModelConfig.Output> renumberOutputs(List<ModelConfig.Output> outputs) {
    List<TensorRef> tensors = new ArrayList<>();
    for (ModelConfig.Output output : outputs) {
      tensors.add(output.tensor());
    }
    Map<String, Integer> firsts = firsts(tensors, true);
    List<ModelConfig.Output> renumbered = new ArrayList<>();
    for (ModelConfig.Output output : outputs) {
      renumbered.add(new ModelConfig.Output(output.name(), renumber(output.tensor(), firsts)));
    }
    return renumbered;
  }

  /** For each layer that is referred to, the number of its first call. */
  private Map<String, Integer> firsts(List<TensorRef> tensors, boolean outputs) {
    Map<String, Integer> lowest = new HashMap<>();
    Map<String, Integer> highest = new HashMap<>();
    for (TensorRef tensor : tensors) {
      String name = tensor.layer();
      int call = tensor.call();
      lowest.put(name, Math.min(call, lowest.getOrDefault(name, call)));
      highest.put(name, Math.max(call, highest.getOrDefault(name, call)));
    }
    Map<String, Integer> firsts = new HashMap<>();
    for (Map.Entry<String, Integer> low : lowest.entrySet()) {
      String name = low.getKey();
      firsts.put(name, first(name, low.getValue(), highest.get(name), outputs));
    }
    return firsts;
  }

  private int first(String name, int lowest, int highest, boolean outputs) {
    LayerConfig layer = layers.get(name);
    if (layer == null) {
      throw model.malformed("there is no layer '" + name + "', which a call refers to");
    }
    int calls = layer.isInput() ? 1 : layer.calls().size();
    int first = layer.isModel() && countsBirth(layer, outputs) ? 1 : 0;
    if (layer.isModel() && lowest < first) {
      first = 0;
    } else if (layer.isModel() && highest - first == calls) {
      first++;
    }
    if (lowest < first || highest - first >= calls) {
      throw model.malformed(
          "a call refers to call %d of layer '%s', which is called %d times"
              .formatted(highest, name, calls));
    }
    return first;
  }

  private boolean countsBirth(LayerConfig layer, boolean outputs) {
    boolean chain = layer.className().equals("Sequential");
    if (!old) {
      return outputs && !chain;
    }
    return !chain || startsWithInput(layer);
  }

  private static boolean startsWithInput(LayerConfig layer) {
    JsonNode layers = layer.config().path("layers");
    return layers.path(0).path("class_name").asText().equals(LayerConfig.INPUT_LAYER);
  }

  private LayerCall renumber(LayerCall call, Map<String, Integer> firsts) {
    List<JsonNode> arguments = new ArrayList<>();
    for (JsonNode argument : call.arguments()) {
      arguments.add(renumber(argument, firsts));
    }
    Map<String, JsonNode> keywords = new HashMap<>();
    for (Map.Entry<String, JsonNode> keyword : call.keywords().entrySet()) {
      keywords.put(keyword.getKey(), renumber(keyword.getValue(), firsts));
    }
    return new LayerCall(arguments, keywords);
  }

  private JsonNode renumber(JsonNode node, Map<String, Integer> firsts) {
    TensorRef tensor = TensorRef.of(node).orElse(null);
    if (tensor != null) {
      TensorRef renumbered = renumber(tensor, firsts);
      return renumbered.call() == tensor.call() ? node : renumbered.replaceIn(node);
    }
    if (node.isArray()) {
      ArrayNode list = new ArrayNode();
      for (JsonNode element : node) {
        list.add(renumber(element, firsts));
      }
      return list;
    }
    if (node.isObject()) {
      ObjectNode object = new ObjectNode();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        object.set(entry.getKey(), renumber(entry.getValue(), firsts));
      }
      return object;
    }
    return node;
  }

  private TensorRef renumber(TensorRef tensor, Map<String, Integer> firsts) {
    return new TensorRef(
        tensor.layer(), tensor.call() - firsts.get(tensor.layer()), tensor.output());
  }
}
