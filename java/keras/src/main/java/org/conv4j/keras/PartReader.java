package org.conv4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.file.Writer;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.graph.ModelConfig;

/** Makes the layers of a model, those of nested models included. */
final class PartReader {
  private final String source;
  private final Writer writer;

  /** What several models share, by the number that Keras gave it. */
  private final Map<Long, Part> shared = new HashMap<>();

  PartReader(String source, Writer writer) {
    this.source = source;
    this.writer = writer;
  }

  ModelPart read(ModelConfig config) {
    return model(config, "", true);
  }

  private ModelPart model(ModelConfig config, String path, boolean trainable) {
    List<Part> parts = new ArrayList<>();
    for (LayerConfig layer : config.layers()) {
      parts.add(part(layer, path.isEmpty() ? layer.name() : path + "/" + layer.name(), trainable));
    }
    return new ModelPart(config, path, parts, new CallOrder(source, config, parts).calls());
  }

  private Part part(LayerConfig config, String path, boolean around) {
    Part known = config.sharedId() == null ? null : shared.get(config.sharedId());
    if (known != null) {
      return new Part(config, path, known.leaf(), known.model());
    }
    boolean trainable = around && config.trainable();
    Leaf leaf = null;
    ModelPart model = null;
    if (config.nested() != null) {
      model = model(config.nested(), path, trainable);
    } else if (!config.isInput() && !Operations.isOperation(config)) {
      leaf = new Leaf(layer(config, path), path, trainable);
    }
    Part part = new Part(config, path, leaf, model);
    if (config.sharedId() != null) {
      shared.put(config.sharedId(), part);
    }
    return part;
  }

  /** Names the place of a layer that cannot be read: its own name may not be unique. */
  private KerasLayer layer(LayerConfig config, String path) {
    JsonNode json = config.json();
    try {
      return LayerReader.read(json, source + ", layer '" + path + "'", writer);
    } catch (InvalidLayerException invalid) {
      throw new InvalidLayerException(
          "%s, layer '%s' of class %s: %s"
              .formatted(source, path, config.className(), invalid.getMessage()),
          invalid);
    }
  }
}
