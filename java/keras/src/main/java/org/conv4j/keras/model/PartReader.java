package org.conv4j.keras.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.InvalidLayerException;
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

  public PartReader(String source, Writer writer, Limits limits) {
    this(source, writer, limits, Map.of());
  }

  public PartReader(String source, Writer writer, Limits limits, Map<String, Layer> given) {
    this.given = given;
    this.source = source;
    this.writer = writer;
    this.names = limits.budget(Limit.NAMES, source);
    this.nodes = limits.budget(Limit.NODES, source);
  }

  public ModelPart read(ModelConfig config) {
    return model(config, "", true);
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
      part = new Part.Single(config, path, new Leaf(layer(config, path), path, trainable));
    }
    if (config.sharedId() != null) {
      shared.put(config.sharedId(), part);
    }
    return part;
  }

  /** Names the place of a layer that cannot be read: its own name may not be unique. */
  private TypedLayer layer(LayerConfig config, String path) {
    JsonNode json = config.json();
    if (given.containsKey(config.name())) {
      return new TypedLayer(given.get(config.name()), DataType.FLOAT32);
    }
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
