package org.conv4j.onednn.frames;

import java.util.ArrayList;
import java.util.List;

/** Hands out places in a block of memory, and takes them back for others. */
final class Slots {
  private record Slot(int place, int size) {}

  private final List<Slot> free = new ArrayList<>();
  private final List<Slot> taken = new ArrayList<>();
  private int end;

  /** Returns the begin of so many elements that nobody else uses. */
  int take(int size) {
    Slot best = null;
    for (Slot slot : free) {
      if (slot.size() >= size && (best == null || slot.size() < best.size())) {
        best = slot;
      }
    }
    if (best == null) {
      best = new Slot(end, size);
      end = Math.addExact(end, size);
    } else {
      free.remove(best);
    }
    taken.add(best);
    return best.place();
  }

  void give(int place) {
    for (int i = 0; i < taken.size(); i++) {
      if (taken.get(i).place() == place) {
        free.add(taken.remove(i));
        return;
      }
    }
  }

  /** How many elements there are in all. */
  int size() {
    return end;
  }
}
