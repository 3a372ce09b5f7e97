package org.conv4j.keras.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.JoinedBytes;
import org.conv4j.bytes.MemoryBudget;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.writer.Writer;

/**
 * A layers-model of TensorFlow.js: {@code model.json} with the topology and a manifest, whose
 * groups of weights lie one after the other in the binary files that the group names.
 */
final class TfjsModel {
  private static final String TOPOLOGY = "modelTopology";
  private static final String MANIFEST = "weightsManifest";
  private static final String KERAS = "keras v";
  private static final int MAX_FILES = 4096;

  private final String source;
  private final Function<String, Bytes> shards;
  private final OpenFile open;
  private final Map<String, List<SavedWeight>> layers = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> files = new HashSet<>();

  private TfjsModel(String source, Function<String, Bytes> shards, OpenFile open) {
    this.source = source;
    this.shards = shards;
    this.open = open;
  }

  static boolean isModel(JsonNode json) {
    return json.has(MANIFEST) || json.has(TOPOLOGY);
  }

  /**
   * Opens a model.
   *
   * @param json the content of {@code model.json}
   * @param source what messages call it
   * @param shards opens a file by the name that the manifest gives it
   * @param open the owner of what is opened
   */
  static ModelFile open(
      JsonNode json, String source, Function<String, Bytes> shards, OpenFile open) {
    JsonNode topology = json.path(TOPOLOGY);
    // The converter keeps Keras's envelope; TensorFlow.js itself saves the bare model.
    JsonNode config = topology.has("model_config") ? topology.get("model_config") : topology;
    if (!config.isObject() || !config.has("class_name")) {
      throw new MalformedFileException(
          source + " has no layers in its " + TOPOLOGY + "; only layers-models are supported.");
    }
    TfjsModel model = new TfjsModel(source, shards, open);
    JsonNode manifest = json.path(MANIFEST);
    if (!manifest.isArray()) {
      throw model.malformed("has no list '" + MANIFEST + "'");
    }
    manifest.forEach(model::readGroup);
    List<LayerWeights.Group> layers = new ArrayList<>();
    model.layers.forEach((layer, weights) -> layers.add(new LayerWeights.Group(layer, weights)));
    return new ModelFile(
        open,
        ModelFormat.TFJS_LAYERS,
        KerasJson.write(config),
        topology.path("keras_version").textValue(),
        writer(json, topology),
        new LayerWeights(layers, Optional.empty()));
  }

  /** The converter leaves Keras's version where TensorFlow.js writes its own. */
  private static Writer writer(JsonNode json, JsonNode topology) {
    String generatedBy = json.path("generatedBy").asText("");
    return Writer.ofVersion(topology.path("keras_version").textValue())
        .or(
            () ->
                generatedBy.startsWith(KERAS)
                    ? Writer.ofVersion(generatedBy.substring(KERAS.length()))
                    : Optional.empty())
        .orElse(Writer.TFJS);
  }

  private void readGroup(JsonNode group) {
    List<Bytes> parts = new ArrayList<>();
    for (JsonNode name : group.path("paths")) {
      if (!files.add(name.asText()) || files.size() > MAX_FILES) {
        throw malformed("names the file '%s' twice, or too many files".formatted(name.asText()));
      }
      parts.add(shards.apply(name.asText()));
    }
    Bytes data = new JoinedBytes(parts, source + "'s files");
    MemoryBudget budget = new MemoryBudget(data);
    long at = 0;
    for (JsonNode entry : group.path("weights")) {
      TfjsWeight weight = TfjsWeight.read(entry, source);
      long size = weight.storedBytes();
      if (size > data.size() - at) {
        throw malformed(
            "says that the weight '%s' has %d bytes at %d, but its files have %d in all"
                .formatted(weight.name(), size, at, data.size()));
      }
      add(weight, weight.in(data.slice(at, size, data.source()), budget));
      at += size;
    }
    if (at != data.size()) {
      throw malformed(
          "describes %d bytes of weights, but their files have %d".formatted(at, data.size()));
    }
  }

  /** The name is the layer's, a slash, and the variable's. */
  private void add(TfjsWeight weight, WeightSource source) {
    String name = weight.name();
    if (!names.add(name)) {
      throw malformed("has two weights '" + name + "'");
    }
    String layer = name.substring(0, Math.max(0, name.lastIndexOf('/')));
    layers
        .computeIfAbsent(layer, key -> new ArrayList<>())
        .add(new SavedWeight(name, source, open));
  }

  private MalformedFileException malformed(String problem) {
    return new MalformedFileException(source + " " + problem + ".");
  }
}
