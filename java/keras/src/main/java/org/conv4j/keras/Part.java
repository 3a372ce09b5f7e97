package org.conv4j.keras;

import java.util.List;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.LayerConfig;

/**
 * A layer of a model, a model inside a model, or an operation. One object however often it is
 * called, and also where several models share it.
 */
final class Part {
  private final LayerConfig config;
  private final String path;
  private final Leaf leaf;
  private final ModelPart model;

  /**
   * Makes a part.
   *
   * @param path the names of the models around it and its own, with slashes between
   * @param leaf the layer; null for models, inputs and operations
   * @param model the model; null for layers
   */
  Part(LayerConfig config, String path, Leaf leaf, ModelPart model) {
    this.config = config;
    this.path = path;
    this.leaf = leaf;
    this.model = model;
  }

  LayerConfig config() {
    return config;
  }

  String name() {
    return config.name();
  }

  String path() {
    return path;
  }

  Leaf leaf() {
    return leaf;
  }

  ModelPart model() {
    return model;
  }

  List<LayerCall> calls() {
    return config.calls();
  }

  /** The layers that may hold weights here, each once, in Keras's order. */
  List<Leaf> leaves() {
    if (leaf != null) {
      return List.of(leaf);
    }
    return model == null ? List.of() : model.leaves();
  }
}
