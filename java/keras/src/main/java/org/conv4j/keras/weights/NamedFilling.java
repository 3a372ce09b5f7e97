package org.conv4j.keras.weights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.file.LayerWeights;
import org.conv4j.keras.file.SavedWeight;
import org.conv4j.keras.model.Leaf;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.Part;
import org.conv4j.weights.WeightSpec;

/**
 * Fills layers with weights as TensorFlow.js does: by the names of the layer and the variable,
 * whatever their order.
 */
public final class NamedFilling {
  private final Map<String, LayerWeights.Group> saved = new LinkedHashMap<>();
  private final Map<String, List<LayerWeights.Group>> byLastName = new LinkedHashMap<>();
  private final String source;

  public NamedFilling(LayerWeights weights, String source) {
    this.source = source;
    for (LayerWeights.Group group : weights.layers()) {
      saved.put(group.layer(), group);
      byLastName.computeIfAbsent(lastName(group.layer()), name -> new ArrayList<>()).add(group);
    }
  }

  public void fill(ModelPart model) {
    Set<String> used = new HashSet<>();
    Set<Leaf> filled = new HashSet<>();
    for (Part part : model.parts()) {
      for (Leaf leaf : part.leaves()) {
        if (!leaf.specs().isEmpty() && filled.add(leaf)) {
          LayerWeights.Group group = group(leaf);
          if (!used.add(group.layer())) {
            throw new MalformedFileException(
                "%s: layer '%s' and another one would have the weights of '%s'."
                    .formatted(source, leaf.path(), group.layer()));
          }
          fill(leaf, group);
        }
      }
    }
    for (LayerWeights.Group group : saved.values()) {
      if (!group.weights().isEmpty() && !used.contains(group.layer())) {
        throw new MalformedFileException(
            "%s has weights of a layer '%s', but the model has no such layer."
                .formatted(source, group.layer()));
      }
    }
  }

  /** Names of layers in nested models may stand there with or without the models' names. */
  private LayerWeights.Group group(Leaf leaf) {
    String name = leaf.layer().name();
    for (String candidate : List.of(leaf.path(), name)) {
      if (saved.containsKey(candidate)) {
        return saved.get(candidate);
      }
    }
    List<LayerWeights.Group> endings = byLastName.getOrDefault(lastName(name), List.of());
    List<LayerWeights.Group> fitting =
        endings.stream().filter(group -> group.layer().endsWith("/" + name)).toList();
    if (fitting.size() != 1) {
      throw new MalformedFileException(
          "%s has no weights for layer '%s', or several.".formatted(source, leaf.path()));
    }
    return fitting.get(0);
  }

  private void fill(Leaf leaf, LayerWeights.Group group) {
    Map<String, SavedWeight> variables = new LinkedHashMap<>();
    for (SavedWeight weight : group.weights()) {
      variables.put(VariableNames.of(leaf.layer(), weight.name()), weight);
    }
    for (WeightSpec spec : leaf.specs()) {
      SavedWeight weight = variables.remove(spec.name());
      if (weight == null) {
        throw new MalformedFileException(
            "%s: layer '%s' needs a weight %s; the file has %s for it."
                .formatted(source, leaf.path(), spec.name(), group.weights()));
      }
      leaf.fill(spec, weight, source);
    }
    if (!variables.isEmpty()) {
      throw new MalformedFileException(
          "%s: layer '%s' has no weights %s, which the file has for it."
              .formatted(source, leaf.path(), variables.keySet()));
    }
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
