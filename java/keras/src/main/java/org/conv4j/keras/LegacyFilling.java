package org.conv4j.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.file.LayerWeights;
import org.conv4j.keras.file.SavedWeight;
import org.conv4j.layer.WeightSpec;

/**
 * Fills layers with weights as legacy HDF5 files order them: by layer, of nested models all
 * together, what is trained before what is not.
 */
final class LegacyFilling {
  private final LayerWeights saved;
  private final String source;

  LegacyFilling(LayerWeights saved, String source) {
    this.saved = saved;
    this.source = source;
  }

  /** One weight of a layer. */
  private record Slot(Leaf leaf, WeightSpec spec) {}

  void fill(ModelPart model) {
    List<Part> parts = model.parts().stream().filter(part -> !weights(part).isEmpty()).toList();
    List<LayerWeights.Group> groups =
        saved.layers().stream().filter(group -> !group.weights().isEmpty()).toList();
    if (parts.size() != groups.size()) {
      throw new MalformedFileException(
          "%s: the model has %d layers with weights, %s; the file has weights for %d, %s."
              .formatted(
                  source,
                  parts.size(),
                  abbreviate(parts.stream().map(Part::path)),
                  groups.size(),
                  abbreviate(groups.stream().map(LayerWeights.Group::layer))));
    }
    for (int i = 0; i < parts.size(); i++) {
      fill(parts.get(i), groups.get(i));
    }
  }

  private static String abbreviate(Stream<String> names) {
    List<String> all = names.toList();
    return all.size() > 20 ? all.subList(0, 20) + " and more" : all.toString();
  }

  private void fill(Part part, LayerWeights.Group group) {
    List<Slot> slots = trained(part, true);
    slots.addAll(trained(part, false));
    if (slots.size() != group.weights().size()) {
      throw new MalformedFileException(
          "%s: layer '%s' needs %d weights; the file has %d for it, under the name '%s'."
              .formatted(source, part.path(), slots.size(), group.weights().size(), group.layer()));
    }
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      SavedWeight weight = group.weights().get(i);
      requireName(slot, weight);
      slot.leaf().fill(slot.spec(), weight, source);
    }
  }

  private static List<Slot> trained(Part part, boolean trained) {
    List<Slot> slots = new ArrayList<>();
    for (Slot slot : weights(part)) {
      if (slot.leaf().isTrainable(slot.spec()) == trained) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private static List<Slot> weights(Part part) {
    return part.leaves().stream()
        .distinct()
        .flatMap(leaf -> leaf.specs().stream().map(spec -> new Slot(leaf, spec)))
        .toList();
  }

  /** A weight of the right shape but with the name of another one would go unnoticed. */
  private void requireName(Slot slot, SavedWeight weight) {
    String name = VariableNames.variable(weight.name());
    boolean known =
        slot.leaf().specs().stream().map(WeightSpec::name).anyMatch(other -> other.equals(name));
    if (known && !Objects.equals(name, slot.spec().name())) {
      throw new MalformedFileException(
          "%s: the weight %s of layer '%s' is expected where the file has '%s'."
              .formatted(source, slot.spec().name(), slot.leaf().path(), weight.name()));
    }
  }
}
