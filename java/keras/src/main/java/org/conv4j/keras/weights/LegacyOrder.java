package org.conv4j.keras.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.model.Leaf;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.Part;
import org.conv4j.weights.WeightSpec;

/**
 * The orders in which a legacy HDF5 file may list the weights of a layer or nested model: what is
 * trained before what is not. Where a model is frozen and one of its layers is not, that means
 * different things:
 *
 * <ul>
 *   <li>Keras 1 and 2: nothing in a frozen model is trained, so that its layers come where all
 *       comes that is not trained; among themselves, the thawed ones come first.
 *   <li>Keras 3: only the innermost layer's flag counts; but if the outermost model is frozen, its
 *       layers keep their order.
 * </ul>
 *
 * <p>Keras 2 does not write whether a Sequential is frozen, older versions of it not whether any
 * model is, only whether their layers are.
 */
final class LegacyOrder {
  private static final String CONFIG = "config";
  private static final String TRAINABLE = "trainable";

  /** One weight of a layer. */
  record Slot(Leaf leaf, WeightSpec spec) {
    /** Layers are what they are, whatever they look like. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Slot slot
          && slot.leaf == leaf
          && slot.spec.name().equals(spec.name());
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(leaf) + spec.name().hashCode();
    }
  }

  /** The models that count as frozen although they do not tell. */
  private final Set<ModelPart> frozen;

  private final Set<Slot> slots = new LinkedHashSet<>();

  /** What was gone through, in each way once: what several models share can be very much. */
  private final Set<ModelPart> trained = visited();

  private final Set<ModelPart> rest = visited();
  private final Set<ModelPart> natural = visited();

  private LegacyOrder(Set<ModelPart> frozen) {
    this.frozen = frozen;
  }

  /** The weights in the order of the layers. */
  static List<Slot> natural(Part part) {
    LegacyOrder order = new LegacyOrder(Set.of());
    order.addAll(part);
    return List.copyOf(order.slots);
  }

  /**
   * Orders the weights as Keras 1 and 2 do.
   *
   * @param frozen the models that count as frozen although they do not tell
   */
  static List<Slot> keras2(Part part, Set<ModelPart> frozen) {
    LegacyOrder order = new LegacyOrder(frozen);
    order.trained(part);
    order.rest(part);
    return List.copyOf(order.slots);
  }

  /** Orders the weights as Keras 3 does. */
  static List<Slot> keras3(Part part) {
    if (!part.config().trainable()) {
      return natural(part);
    }
    List<Slot> slots = new ArrayList<>();
    for (boolean trained : new boolean[] {true, false}) {
      LegacyOrder order = new LegacyOrder(Set.of());
      order.addInnermost(part, trained);
      slots.addAll(order.slots);
    }
    return List.copyOf(slots);
  }

  /** The models in a part that do not tell whether they are frozen, each before those in it. */
  static List<ModelPart> untold(Part part) {
    List<ModelPart> untold = new ArrayList<>();
    collectUntold(part, untold, visited());
    return untold;
  }

  private static void collectUntold(Part part, List<ModelPart> untold, Set<ModelPart> seen) {
    if (part instanceof Part.Nested nested && seen.add(nested.model())) {
      if (innermost(part).path(CONFIG).path(TRAINABLE).isMissingNode()) {
        untold.add(nested.model());
      }
      nested.model().parts().forEach(inner -> collectUntold(inner, untold, seen));
    }
  }

  private void addInnermost(Part part, boolean trained) {
    if (part instanceof Part.Nested nested && natural.add(nested.model())) {
      nested.model().parts().forEach(inner -> addInnermost(inner, trained));
    } else if (part instanceof Part.Single single) {
      boolean flag = isTrained(innermost(part));
      for (WeightSpec spec : single.leaf().specs()) {
        if ((flag && spec.trainable()) == trained) {
          slots.add(new Slot(single.leaf(), spec));
        }
      }
    }
  }

  private void addAll(Part part) {
    if (part instanceof Part.Nested nested && natural.add(nested.model())) {
      nested.model().parts().forEach(this::addAll);
    } else if (part instanceof Part.Single single) {
      add(single.leaf(), true);
      add(single.leaf(), false);
    }
  }

  /** Adds what Keras 2 calls the trainable weights of a part. */
  private void trained(Part part) {
    if (isTrained(part)) {
      if (part instanceof Part.Nested nested && trained.add(nested.model())) {
        nested.model().parts().forEach(this::trained);
      } else if (part instanceof Part.Single single) {
        add(single.leaf(), true);
      }
    }
  }

  /** Adds what Keras 2 calls the non-trainable weights of a part. */
  private void rest(Part part) {
    if (part instanceof Part.Single single) {
      if (!isTrained(part)) {
        add(single.leaf(), true);
      }
      add(single.leaf(), false);
    } else if (part instanceof Part.Nested nested) {
      if (!part.config().isModel() && !isTrained(part.config().json())) {
        // A wrapper, which is a layer, asks a model for all of its weights at once.
        addAll(part);
        return;
      }
      if (!isTrained(part) && trained.add(nested.model())) {
        nested.model().parts().forEach(this::trained);
      }
      if (rest.add(nested.model())) {
        nested.model().parts().forEach(this::rest);
      }
    }
  }

  private void add(Leaf leaf, boolean trained) {
    for (WeightSpec spec : leaf.specs()) {
      if (spec.trainable() == trained) {
        slots.add(new Slot(leaf, spec));
      }
    }
  }

  /** The part's own flag, and that of what it wraps. */
  private boolean isTrained(Part part) {
    boolean flag = !(part instanceof Part.Nested nested && frozen.contains(nested.model()));
    for (JsonNode json = part.config().json(); json != null; json = LayerConfig.wrapped(json)) {
      flag &= isTrained(json);
    }
    return flag;
  }

  private static boolean isTrained(JsonNode layer) {
    return layer.path(CONFIG).path(TRAINABLE).asBoolean(true);
  }

  private static JsonNode innermost(Part part) {
    JsonNode inner = part.config().json();
    for (JsonNode next = inner; next != null; next = LayerConfig.wrapped(next)) {
      inner = next;
    }
    return inner;
  }

  private static Set<ModelPart> visited() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
