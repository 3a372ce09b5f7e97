package org.conv4j.plan;

import java.util.Arrays;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/**
 * Checks that the outputs of a session share no memory with each other. Allocates nothing when it
 * checks; used by one thread at a time.
 */
final class DisjointOutputs {
  /** So many are compared each with all others. */
  private static final int FEW = 16;

  /** Blocks of memory by their identity, in the next free place; empty for few outputs. */
  private final Memory[] places;

  DisjointOutputs(int outputs) {
    places = new Memory[outputs <= FEW ? 0 : Integer.highestOneBit(outputs) * 4];
  }

  void check(Tensor[] outputs) {
    if (places.length == 0) {
      for (int i = 1; i < outputs.length; i++) {
        checkAgainst(outputs, i);
      }
      return;
    }
    try {
      for (int i = 0; i < outputs.length; i++) {
        // Only views of the same block can overlap, and outputs seldom are.
        if (!add(HeldElements.memory(outputs[i]))) {
          checkAgainst(outputs, i);
        }
      }
    } finally {
      Arrays.fill(places, null);
    }
  }

  private boolean add(Memory memory) {
    int place = System.identityHashCode(memory) & (places.length - 1);
    while (places[place] != null) {
      if (places[place] == memory) {
        return false;
      }
      place = (place + 1) & (places.length - 1);
    }
    places[place] = memory;
    return true;
  }

  private static void checkAgainst(Tensor[] outputs, int index) {
    for (int other = 0; other < index; other++) {
      if (outputs[other].overlaps(outputs[index])) {
        throw new InvalidBufferException("Two output tensors must not share memory.");
      }
    }
  }
}
