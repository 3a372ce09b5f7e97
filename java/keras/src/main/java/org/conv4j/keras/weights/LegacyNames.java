package org.conv4j.keras.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.keras.file.SavedWeight;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.model.Leaf;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.Part;
import org.conv4j.keras.weights.LegacyOrder.Slot;
import org.conv4j.model.ModelLayer;
import org.conv4j.weights.WeightSpec;

/**
 * What the names of a part's weights in a legacy HDF5 file say about the layers that they belong
 * to. A name is {@code block/conv/kernel:0} or shorter: models that were built before they became
 * part of another are not named, and wrappers stand before or instead of what they wrap. Layers
 * that were renamed after they had been built are not found.
 */
final class LegacyNames {
  private final Map<String, Set<Leaf>> byScope = new HashMap<>();

  /**
   * Compares names.
   *
   * @param part what the weights are for
   * @param slots its weights
   * @param saved what the file has for it
   */
  LegacyNames(Part part, List<Slot> slots, List<SavedWeight> saved) {
    Map<String, List<Place>> places = places(part, slots);
    Set<String> scopes = new LinkedHashSet<>();
    saved.forEach(weight -> scopes.add(scope(weight)));
    resolve(places, scopes, "");
    String suffix = byScope.values().stream().allMatch(s -> s.size() == 1) ? "" : suffix(scopes);
    if (!suffix.isEmpty()) {
      Map<String, Set<Leaf>> exact = Map.copyOf(byScope);
      resolve(places, scopes, suffix);
      if (!byScope.values().stream().allMatch(leaves -> leaves.size() == 1)) {
        byScope.putAll(exact);
      }
    }
  }

  /** Where a layer is: the names from the outermost model's to its own. */
  private record Place(Leaf leaf, List<String> names) {}

  /** Whether a weight can belong there, as far as its name tells. */
  boolean allow(SavedWeight weight, Slot slot) {
    Set<Leaf> leaves = byScope.get(scope(weight));
    return (leaves.isEmpty() || leaves.contains(slot.leaf())) && isVariable(weight, slot);
  }

  /** A name of another of the layer's variables is wrong; one that is unknown tells nothing. */
  private static boolean isVariable(SavedWeight weight, Slot slot) {
    String name = VariableNames.of(slot.leaf().layer(), weight.name());
    if (slot.leaf().layer() instanceof ModelLayer || name.equals(slot.spec().name())) {
      // What a custom layer calls its variables, the file itself has told.
      return true;
    }
    for (WeightSpec other : slot.leaf().specs()) {
      if (other.name().equals(name)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Orders the slots as the names say.
   *
   * @return a slot for each weight, or null if the names do not tell one for each
   */
  List<Slot> order(List<SavedWeight> saved, List<Slot> slots) {
    List<Slot> order = new ArrayList<>();
    for (SavedWeight weight : saved) {
      Set<Leaf> leaves = byScope.get(scope(weight));
      for (Slot slot : slots) {
        if (leaves.size() == 1 && leaves.contains(slot.leaf())) {
          String name = VariableNames.of(slot.leaf().layer(), weight.name());
          if (slot.spec().name().equals(name)) {
            order.add(slot);
          }
        }
      }
    }
    boolean each = order.size() == slots.size() && Set.copyOf(order).size() == slots.size();
    return each ? order : null;
  }

  /** The layers whose places end like a scope, as far as any does. */
  private void resolve(Map<String, List<Place>> places, Set<String> scopes, String suffix) {
    for (String scope : scopes) {
      Set<Leaf> best = Collections.newSetFromMap(new IdentityHashMap<>());
      String[] names = scope.substring(0, scope.length() - suffix.length()).split("/");
      int most = 1;
      for (Place place : places.getOrDefault(names[names.length - 1], List.of())) {
        int common = common(names, place.names());
        if (common > most) {
          best.clear();
          most = common;
        }
        if (common == most) {
          best.add(place.leaf());
        }
      }
      byScope.put(scope, best);
    }
  }

  private static int common(String[] scope, List<String> names) {
    int common = 0;
    while (common < Math.min(scope.length, names.size())
        && scope[scope.length - 1 - common].equals(names.get(names.size() - 1 - common))) {
      common++;
    }
    return common;
  }

  /** What TensorFlow 1 appends to every name of a model that it loads twice, such as {@code _1}. */
  private static String suffix(Set<String> scopes) {
    String common = null;
    for (String scope : scopes) {
      int at = scope.lastIndexOf('_');
      String end = at < 0 ? "" : scope.substring(at);
      boolean number = end.length() > 1 && end.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
      if (!number || common != null && !common.equals(end)) {
        return "";
      }
      common = end;
    }
    return common == null ? "" : common;
  }

  /** Everything before the variable's own name. */
  private static String scope(SavedWeight weight) {
    return weight.name().substring(0, Math.max(0, weight.name().lastIndexOf('/')));
  }

  /** The places of layers by the last of their names; what is wrapped has two. */
  private static Map<String, List<Place>> places(Part part, List<Slot> slots) {
    Map<Leaf, JsonNode> configs = new IdentityHashMap<>();
    collect(part, configs, Collections.newSetFromMap(new IdentityHashMap<>()));
    Map<String, List<Place>> places = new LinkedHashMap<>();
    Set<Leaf> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Slot slot : slots) {
      if (leaves.add(slot.leaf())) {
        List<String> names = new ArrayList<>(List.of(slot.leaf().path().split("/")));
        JsonNode json = configs.get(slot.leaf());
        while (json != null) {
          add(places, new Place(slot.leaf(), List.copyOf(names)));
          json = LayerConfig.wrapped(json);
          if (json != null) {
            names.add(json.path("config").path("name").asText());
          }
        }
      }
    }
    return places;
  }

  private static void add(Map<String, List<Place>> places, Place place) {
    String last = place.names().get(place.names().size() - 1);
    places.computeIfAbsent(last, name -> new ArrayList<>()).add(place);
  }

  private static void collect(Part part, Map<Leaf, JsonNode> configs, Set<ModelPart> seen) {
    if (part instanceof Part.Single single) {
      configs.putIfAbsent(single.leaf(), part.config().json());
    } else if (part instanceof Part.Nested nested && seen.add(nested.model())) {
      nested.model().parts().forEach(inner -> collect(inner, configs, seen));
    }
  }
}
