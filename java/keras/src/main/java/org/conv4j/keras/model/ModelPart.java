package org.conv4j.keras.model;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.keras.graph.ModelConfig;

/** A model with its parts made. One object, also where several models share it. */
public final class ModelPart {
  private final ModelConfig config;
  private final String path;
  private final List<Part> parts;
  private final List<PartCall> calls;
  private final List<Leaf> leaves;

  /**
   * Makes a model of its parts.
   *
   * @param config its configuration
   * @param path the names of the models around it and its own, with slashes between; empty at the
   *     top
   * @param parts its layers in Keras's order
   * @param calls the calls of its layers, each after those whose results it takes
   */
  ModelPart(ModelConfig config, String path, List<Part> parts, List<PartCall> calls) {
    this.config = config;
    this.path = path;
    this.parts = parts;
    this.calls = calls;
    this.leaves = leaves(parts);
  }

  /**
   * The parts have listed theirs: nested models that share and repeat are not gone through again.
   */
  private static List<Leaf> leaves(List<Part> parts) {
    Set<Leaf> all = new LinkedHashSet<>();
    Set<ModelPart> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Part part : parts) {
      if (!(part instanceof Part.Nested nested) || seen.add(nested.model())) {
        all.addAll(part.leaves());
      }
    }
    return List.copyOf(all);
  }

  public ModelConfig config() {
    return config;
  }

  public String path() {
    return path;
  }

  public List<Part> parts() {
    return parts;
  }

  List<PartCall> calls() {
    return calls;
  }

  /** The layers that may hold weights, each once, in Keras's order. */
  public List<Leaf> leaves() {
    return leaves;
  }
}
