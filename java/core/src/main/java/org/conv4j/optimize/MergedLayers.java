package org.conv4j.optimize;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.lowering.Step;

/**
 * The layers that one step stands for. Written out only at the end: to copy a list at each merging
 * would take the square of a long chain's length.
 *
 * @param layers some of them; empty if there are two parts
 * @param first those of one step; null if there are none
 * @param second those of the step that read it; null if there are none
 */
record MergedLayers(List<String> layers, MergedLayers first, MergedLayers second) {
  static MergedLayers of(Step step) {
    Set<String> layers = new LinkedHashSet<>();
    layers.add(step.layer());
    layers.addAll(step.fused());
    return new MergedLayers(List.copyOf(layers), null, null);
  }

  static MergedLayers of(MergedLayers first, MergedLayers second) {
    return new MergedLayers(List.of(), first, second);
  }

  /** All layers but one, in the order they run. */
  List<String> others(String but) {
    Set<String> all = new LinkedHashSet<>();
    Set<MergedLayers> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<MergedLayers> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      MergedLayers next = open.pop();
      // A step that several others absorbed is met again, with nothing new.
      if (seen.add(next)) {
        all.addAll(next.layers);
        if (next.first != null) {
          open.push(next.second);
          open.push(next.first);
        }
      }
    }
    all.remove(but);
    return List.copyOf(all);
  }
}
