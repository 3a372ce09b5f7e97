package org.conv4j.keras.weights;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.file.LayerWeights;
import org.conv4j.keras.file.SavedWeight;
import org.conv4j.keras.model.Leaf;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.Part;
import org.conv4j.keras.weights.LegacyOrder.Slot;
import org.conv4j.keras.writer.Writer;

/**
 * Fills layers with weights from legacy HDF5 files, which list them by layer, those of nested
 * models all together. Of the orders in which they may be listed that one counts which the weights'
 * names agree with; where they agree with none, the file is refused.
 */
public final class LegacyFilling {
  /** Of orders, for models that do not tell whether they are frozen; no network has as many. */
  private static final int MAX_TRIES = 1000;

  private final LayerWeights saved;
  private final Writer writer;
  private final boolean whole;
  private final String source;

  /**
   * Prepares to fill layers.
   *
   * @param saved the file's weights
   * @param writer what wrote them
   * @param whole whether the file holds the configuration too, so that what it says about frozen
   *     layers was true when the weights were saved
   * @param source what messages call the file
   */
  public LegacyFilling(LayerWeights saved, Writer writer, boolean whole, String source) {
    this.saved = saved;
    this.writer = writer;
    this.whole = whole;
    this.source = source;
  }

  public void fill(ModelPart model) {
    List<Part> parts =
        model.parts().stream().filter(part -> !LegacyOrder.natural(part).isEmpty()).toList();
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
    requireNames(parts, groups);
    for (int i = 0; i < parts.size(); i++) {
      fill(parts.get(i), groups.get(i));
    }
  }

  /** Layers may have other names than in the file, but not the same ones in another order. */
  private void requireNames(List<Part> parts, List<LayerWeights.Group> groups) {
    Set<String> names = new HashSet<>();
    groups.forEach(group -> names.add(group.layer()));
    for (Part part : parts) {
      if (!names.contains(part.name())) {
        return;
      }
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).name().equals(groups.get(i).layer())) {
        throw new MalformedFileException(
            "%s: names and order contradict each other: the weights of layer '%s' stand where those of '%s' belong."
                .formatted(source, groups.get(i).layer(), parts.get(i).path()));
      }
    }
  }

  private static String abbreviate(Stream<String> names) {
    List<String> all = names.toList();
    return all.size() > 20 ? all.subList(0, 20) + " and more" : all.toString();
  }

  private void fill(Part part, LayerWeights.Group group) {
    List<SavedWeight> weights = group.weights();
    List<Slot> natural = LegacyOrder.natural(part);
    if (natural.size() != weights.size()) {
      throw new MalformedFileException(
          "%s: layer '%s' needs %d weights; the file has %d for it, under the name '%s'."
              .formatted(source, part.path(), natural.size(), weights.size(), group.layer()));
    }
    if (writer == Writer.KERAS_1) {
      weights = Keras1Weights.rearrange(weights, LegacyOrder.keras2(part, Set.of()));
    }
    LegacyNames names = new LegacyNames(part, natural, weights);
    List<Slot> keras3 = LegacyOrder.keras3(part);
    boolean likely = writer == Writer.KERAS_3;
    List<Slot> order = likely && fits(keras3, weights, names) ? keras3 : null;
    if (order == null) {
      order = keras2(part, weights, names);
    }
    if (!fits(order, weights, names) && fits(keras3, weights, names)) {
      order = keras3;
    }
    if (!fits(order, weights, names) && !whole) {
      // What was frozen when the weights were saved is not known, but their names are.
      List<Slot> named = names.order(weights, natural);
      order = named == null ? order : named;
    }
    if (!fits(order, weights, names)) {
      throw misfit(likely ? keras3 : order, weights, names, group);
    }
    for (int i = 0; i < weights.size(); i++) {
      order.get(i).leaf().fill(order.get(i).spec(), weights.get(i), source);
    }
  }

  /**
   * Keras 2's order, with those models frozen, of the ones that do not tell, that the weights fit
   * best. All count as trained at first. Where a weight comes too early, one of the models around
   * its layer is frozen: the one after which most weights fit, of several the outermost.
   */
  private static List<Slot> keras2(Part part, List<SavedWeight> weights, LegacyNames names) {
    Set<ModelPart> frozen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<ModelPart> open = LegacyOrder.untold(part);
    List<Slot> best = LegacyOrder.keras2(part, frozen);
    int tried = 0;
    while (!fits(best, weights, names)) {
      int fitting = fitting(best, weights, names);
      Leaf early = best.get(fitting).leaf();
      ModelPart found = null;
      for (ModelPart model : open) {
        if (model.leaves().contains(early) && tried++ < MAX_TRIES) {
          frozen.add(model);
          List<Slot> order = LegacyOrder.keras2(part, frozen);
          frozen.remove(model);
          int now = fitting(order, weights, names);
          if (now > fitting || now == fitting && found == null) {
            fitting = now;
            best = order;
            found = model;
          }
        }
      }
      if (found == null) {
        return best;
      }
      frozen.add(found);
      open.remove(found);
    }
    return best;
  }

  private static boolean fits(List<Slot> order, List<SavedWeight> weights, LegacyNames names) {
    return fitting(order, weights, names) == weights.size();
  }

  /** How many weights fit in their places before the first that does not. */
  private static int fitting(List<Slot> order, List<SavedWeight> weights, LegacyNames names) {
    for (int i = 0; i < weights.size(); i++) {
      boolean fits = weights.get(i).shape().equals(order.get(i).spec().shape());
      if (!fits || !names.allow(weights.get(i), order.get(i))) {
        return i;
      }
    }
    return weights.size();
  }

  private MalformedFileException misfit(
      List<Slot> order, List<SavedWeight> weights, LegacyNames names, LayerWeights.Group group) {
    int at = fitting(order, weights, names);
    Slot slot = order.get(at);
    SavedWeight weight = weights.get(at);
    if (names.allow(weight, slot)) {
      return slot.leaf().misshapen(slot.spec(), weight, source);
    }
    return new MalformedFileException(
        "%s: names and order contradict each other: weight %d of '%s' must be the %s of layer '%s'; the file has '%s'."
            .formatted(
                source, at, group.layer(), slot.spec().name(), slot.leaf().path(), weight.name()));
  }
}
