package org.conv4j.keras.model;

import java.util.List;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.LayerConfig;

/**
 * A layer of a model, a model inside a model, or what holds nothing. One object for each place in
 * each model that has it, however often it is called there. Compared by identity.
 */
public abstract sealed class Part {
  private final LayerConfig config;
  private final String path;

  /**
   * Makes a part.
   *
   * @param path the names of the models around it and its own, with slashes between
   */
  private Part(LayerConfig config, String path) {
    this.config = config;
    this.path = path;
  }

  /** A layer, which may hold weights. */
  public static final class Single extends Part {
    private final Leaf leaf;

    Single(LayerConfig config, String path, Leaf leaf) {
      super(config, path);
      this.leaf = leaf;
    }

    /** What holds the weights; one object for all places that share the layer. */
    public Leaf leaf() {
      return leaf;
    }

    @Override
    public List<Leaf> leaves() {
      return List.of(leaf);
    }

    @Override
    Part at(LayerConfig newConfig, String newPath) {
      return new Single(newConfig, newPath, leaf);
    }
  }

  /** A model, or a wrapper around one. */
  public static final class Nested extends Part {
    private final ModelPart model;

    Nested(LayerConfig config, String path, ModelPart model) {
      super(config, path);
      this.model = model;
    }

    /** The model; one object for all places that share it. */
    public ModelPart model() {
      return model;
    }

    @Override
    public List<Leaf> leaves() {
      return model.leaves();
    }

    @Override
    Part at(LayerConfig newConfig, String newPath) {
      return new Nested(newConfig, newPath, model);
    }
  }

  /** An input, or an operation, of which each call is a layer of its own. */
  static final class Stateless extends Part {
    Stateless(LayerConfig config, String path) {
      super(config, path);
    }

    @Override
    public List<Leaf> leaves() {
      return List.of();
    }

    @Override
    Part at(LayerConfig newConfig, String newPath) {
      return new Stateless(newConfig, newPath);
    }
  }

  public LayerConfig config() {
    return config;
  }

  public String name() {
    return config.name();
  }

  public String path() {
    return path;
  }

  List<LayerCall> calls() {
    return config.calls();
  }

  /** The layers that may hold weights here, each once, in Keras's order. */
  public abstract List<Leaf> leaves();

  /** The same in another place. */
  abstract Part at(LayerConfig newConfig, String newPath);
}
