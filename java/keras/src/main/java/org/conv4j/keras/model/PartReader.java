package org.conv4j.keras.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.custom.CustomLayerReader;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.graph.ModelConfig;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.layer.LayerMessages;
import org.conv4j.keras.layer.LayerReader;
import org.conv4j.keras.layer.TypedLayer;
import org.conv4j.keras.operation.Operations;
import org.conv4j.keras.writer.Writer;
import org.conv4j.layer.Layer;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.conv4j.tensor.DataType;

/** Makes the layers of a model, those of nested models included. */
public final class PartReader {
  private final String source;
  private final Writer writer;
  private final Budget names;
  private final Budget nodes;

  /** What several models share, by the number that Keras gave it. */
  private final Map<Long, Part> shared = new HashMap<>();

  /** Layers that need not be read, by their names. */
  private final Map<String, Layer> given;

  /** Says what custom layers are. */
  private final CustomReaders custom;

  /** The classes that nobody can read, each with one of its layers. */
  private final Map<String, String> missing = new LinkedHashMap<>();

  public PartReader(String source, Writer writer, Limits limits) {
    this(source, writer, limits, Map.of(), new CustomReaders(Map.of()));
  }

  public PartReader(
      String source, Writer writer, Limits limits, Map<String, Layer> given, CustomReaders custom) {
    this.given = given;
    this.custom = custom;
    this.source = source;
    this.writer = writer;
    this.names = limits.budget(Limit.NAMES, source);
    this.nodes = limits.budget(Limit.NODES, source);
  }

  public ModelPart read(ModelConfig config) {
    ModelPart model = model(config, "", true);
    if (!missing.isEmpty()) {
      String first = missing.keySet().iterator().next();
      throw new InvalidLayerException(
          ("%s has layers of classes that are not supported or custom, whose code is not in the"
                  + " file or not run: %s. Give each a reader, as in"
                  + " KerasModels.reader().layer(\"%s\", (config, weights) -> ...).")
              .formatted(source, String.join("; ", missing.values()), first));
    }
    return model;
  }

  private ModelPart model(ModelConfig config, String path, boolean trainable) {
    List<Part> parts = new ArrayList<>();
    for (LayerConfig layer : config.layers()) {
      names.spend(path.length() + layer.name().length());
      parts.add(part(layer, path.isEmpty() ? layer.name() : path + "/" + layer.name(), trainable));
    }
    ModelPart model =
        new ModelPart(config, path, parts, new CallOrder(source, config, parts).calls());
    // Many models that share a large one each have a list of its layers.
    nodes.spend(model.leaves().size());
    return model;
  }

  private Part part(LayerConfig config, String path, boolean around) {
    Part known = config.sharedId() == null ? null : shared.get(config.sharedId());
    if (known != null) {
      return known.at(config, path);
    }
    boolean trainable = around && config.trainable();
    Part part;
    if (config.nested() != null) {
      part = new Part.Nested(config, path, model(config.nested(), path, trainable));
    } else if (config.isInput() || Operations.isOperation(config)) {
      part = new Part.Stateless(config, path);
    } else {
      part = new Part.Single(config, path, leaf(config, path, trainable));
    }
    if (config.sharedId() != null) {
      shared.put(config.sharedId(), part);
    }
    return part;
  }

  private Leaf leaf(LayerConfig config, String path, boolean trainable) {
    JsonNode json = config.json();
    if (given.containsKey(config.name())) {
      return new Leaf(new TypedLayer(given.get(config.name()), DataType.FLOAT32), path, trainable);
    }
    CustomLayerReader reader = custom.given(json);
    if (reader == null && LayerReader.knows(json)) {
      return new Leaf(layer(config, path), path, trainable);
    }
    if (reader == null) {
      reader = custom.provided(json);
    }
    if (reader == null) {
      miss(json, path);
    }
    int inputs = config.calls().isEmpty() ? 1 : config.calls().get(0).tensors().size();
    String place = "%s, layer '%s' of class %s".formatted(source, path, config.className());
    return new Leaf(new CustomReading(reader, config, place, writer, inputs), path, trainable);
  }

  private void miss(JsonNode json, String path) {
    List<String> similar = LayerReader.similar(json);
    String hint = similar.isEmpty() ? "" : ", similar to " + String.join(", ", similar);
    String name = CustomReaders.name(json);
    missing.putIfAbsent(name, "'%s' (layer '%s'%s)".formatted(name, path, hint));
  }

  /** Names the place of a layer that cannot be read: its own name may not be unique. */
  private TypedLayer layer(LayerConfig config, String path) {
    JsonNode json = config.json();
    try {
      return LayerReader.read(json, source + ", layer '" + path + "'", writer);
    } catch (InvalidLayerException invalid) {
      throw new InvalidLayerException(
          "%s, layer '%s' of class %s: %s"
              .formatted(
                  source, path, config.className(), LayerMessages.without(config.name(), invalid)),
          invalid);
    }
  }
}
